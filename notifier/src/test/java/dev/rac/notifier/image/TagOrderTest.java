package dev.rac.notifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagOrderTest {
    @Test
    void latestIsAboveVersionsAndTheseAboveAllOthers() {
        List<String> ordered = List.of(
                "build-9",
                "build-10",
                "main",
                "v2",
                "v10",
                "0.9.0",
                "v1.0.0-rc.1",
                "v1.0.0-rc.2",
                "1.0.0",
                "v1.0.0",
                "v1.9.0",
                "1.10.0",
                "latest");
        var shuffled = new ArrayList<>(ordered);
        for (int seed = 0; seed < 100; seed++) {
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(shuffled.stream().sorted(TagOrder.OLDEST_FIRST)).containsExactlyElementsOf(ordered);
        }
    }

    @Test
    void theLongestNumberIsCompared() {
        String tag = "9".repeat(128);

        assertThat(TagOrder.OLDEST_FIRST.compare(tag, "9".repeat(127))).isPositive();
        assertThat(TagOrder.OLDEST_FIRST.compare(tag, tag)).isZero();
    }
}
