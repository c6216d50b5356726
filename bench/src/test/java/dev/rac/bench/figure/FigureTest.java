package dev.rac.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureTest {
    @Test
    void isTheMedianWithTheRange() {
        assertThat(Figure.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Figure(2, 1, 9));
        assertThat(Figure.of(List.of(1.0, 2.0, 4.0, 9.0))).isEqualTo(new Figure(3, 1, 9));
    }

    @Test
    void leavesRoundsOutThatFoundNothing() {
        assertThat(Figure.of(List.of(Double.NaN, 3.0))).isEqualTo(new Figure(3, 3, 3));
        assertThat(Figure.of(List.of(Double.NaN)).known()).isFalse();
        assertThat(Figure.of(List.of()).known()).isFalse();
    }

    @Test
    void comparesWithinRounds() {
        // The second round was disturbed, and both values with it.
        assertThat(Figure.ratio(List.of(50.0, 5.0, 40.0), List.of(100.0, 10.0, 100.0)))
                .isEqualTo(new Figure(0.5, 0.4, 0.5));
        assertThat(Figure.ratio(List.of(1.0, 4.0), List.of(0.0, 2.0))).isEqualTo(new Figure(2, 2, 2));
    }

    @Test
    void comparesOnlyWhatWasMeasuredEquallyOften() {
        assertThatThrownBy(() -> Figure.ratio(List.of(1.0), List.of(1.0, 2.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
