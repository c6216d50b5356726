package dev.rac.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    @Test
    void connectionsTakeTurnsAtTheRate() {
        LongStream due = IntStream.range(0, 4)
                .mapToObj(connection -> Schedule.of(7, 1000, connection, 4))
                .flatMapToLong(schedule -> LongStream.range(0, 3).map(schedule::due))
                .sorted();

        assertThat(due)
                .containsExactlyElementsOf(LongStream.range(0, 12)
                        .map(n -> 7 + n * 1_000_000)
                        .boxed()
                        .toList());
    }
}
