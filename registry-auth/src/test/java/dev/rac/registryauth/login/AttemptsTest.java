package dev.rac.registryauth.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.login.Throttle.Decision;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Instant NOW = Instant.EPOCH;

    private final Attempts attempts = new Attempts(Throttle.DEFAULT);

    @Test
    void manyAtOnceAreNotAllTheFirst() {
        int begun = 0;
        for (int i = 0; i < 100; i++) {
            begun += attempts.begin("password-" + i, NOW) instanceof Decision.After ? 1 : 0;
        }
        assertThat(begun).isBetween(Throttle.DEFAULT.free(), Throttle.DEFAULT.limit());
    }

    @Test
    void aPasswordCountsIfOneOfManyCopiesOfItWasChecked() {
        slow();
        for (int i = 0; i < Attempts.MAX_HELD; i++) {
            assertThat(attempts.begin("guess", NOW)).isEqualTo(new Decision.After(Duration.ofMillis(250)));
        }
        assertThat(attempts.begin("guess", NOW)).isEqualTo(new Decision.Refused(Duration.ofMillis(250)));
        attempts.unchecked("guess");
        attempts.wrong("guess");
        for (int i = 2; i < Attempts.MAX_HELD; i++) {
            attempts.unchecked("guess");
        }

        assertThat(attempts.isWrong("guess", NOW)).isTrue();
        assertThat(attempts.begin("another", NOW)).isEqualTo(new Decision.After(Duration.ofMillis(500)));
    }

    @Test
    void aPasswordDoesNotCountIfNoneOfItsCopiesWasChecked() {
        slow();
        attempts.begin("guess", NOW);
        attempts.begin("guess", NOW);
        attempts.unchecked("guess");
        attempts.unchecked("guess");

        assertThat(attempts.isWrong("guess", NOW)).isFalse();
        assertThat(attempts.begin("another", NOW)).isEqualTo(new Decision.After(Duration.ofMillis(250)));
    }

    @Test
    void aRightOneForgivesAndLeavesNothingUnderWay() {
        slow();
        attempts.begin("right", NOW);
        attempts.right("right");

        assertThat(attempts.begin("guess", NOW)).isEqualTo(new Decision.After(Duration.ZERO));
    }

    @Test
    void theWindowEndsForWhatIsKnownToBeWrong() {
        slow();
        assertThat(attempts.isWrong("wrong-0", NOW)).isTrue();

        assertThat(attempts.isWrong("wrong-0", NOW.plus(Throttle.DEFAULT.window())))
                .isFalse();
    }

    /** Uses up what is tried without delay. */
    private void slow() {
        for (int i = 0; i < Throttle.DEFAULT.free(); i++) {
            attempts.begin("wrong-" + i, NOW);
            attempts.wrong("wrong-" + i);
        }
    }
}
