package dev.rac.notifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({"1, 1000", "0.5, 500", "250m, 250", "2.25, 2250", "0.0001, 1", "0, 0", "1.5m, 2"})
    void readsCpus(String text, int millis) {
        assertThat(Quantities.cpuMillis(text)).contains(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1024",
        "64Mi, 67108864",
        "64m, 67108864",
        "64M, 67108864",
        "64MB, 67108864",
        "64MiB, 67108864",
        "0.5g, 536870912",
        "1Ti, 1099511627776",
        "10k, 10240",
        "7b, 7"
    })
    void readsMemory(String text, long bytes) {
        assertThat(Quantities.memoryBytes(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", "m", "0x10", "1 2", "1.", "999999999999999t", "١"})
    void whatIsNoAmountIsNone(String text) {
        assertThat(Quantities.cpuMillis(text)).isEmpty();
        assertThat(Quantities.memoryBytes(text)).isEmpty();
    }
}
