package dev.rac.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rac.bench.figure.Aim.Bound;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AimTest {
    private static final Aim SPEED = new Aim("speed", Bound.AT_LEAST, 0.4);
    private static final Aim DELAY = new Aim("delay", Bound.AT_MOST, 2);

    @Test
    void isMetUpToItsBound() {
        assertThat(SPEED.metBy(ratio(0.4))).isTrue();
        assertThat(SPEED.metBy(ratio(0.39))).isFalse();
        assertThat(DELAY.metBy(ratio(2))).isTrue();
        assertThat(DELAY.metBy(ratio(2.01))).isFalse();
    }

    @Test
    void isNotMetByWhatIsNotKnown() {
        assertThat(SPEED.metBy(Figure.of(List.of()))).isFalse();
        assertThat(DELAY.metBy(Figure.of(List.of()))).isFalse();
    }

    @Test
    void saysByHowMuchItIsMissed() {
        assertThat(SPEED.missedBy(ratio(0.3))).isCloseTo(0.25, within(1e-9));
        assertThat(DELAY.missedBy(ratio(2.5))).isCloseTo(0.25, within(1e-9));
        assertThat(SPEED.missedBy(ratio(0.5))).isZero();
    }

    private static Figure ratio(double value) {
        return Figure.of(List.of(value));
    }
}
