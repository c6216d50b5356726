package dev.rac.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void noMoreRequestsGoOutThanAllowed() throws Exception {
        var pace = new Pace(200);
        long begun = System.nanoTime();

        for (int i = 0; i < 21; i++) {
            pace.next();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatWaitsEndsWithIt() {
        var pace = new Pace(1);
        pace.end();

        assertThatThrownBy(() -> pace.pause(Duration.ofDays(1))).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(pace::next).isInstanceOf(InterruptedException.class);
    }
}
