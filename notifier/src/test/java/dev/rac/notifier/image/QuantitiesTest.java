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
    @ValueSource(strings = {"", "-1", "1e3", "m", "0x10", "1 2", "1.", "999999999999999t", "١"})
    void whatIsNoAmountIsNone(String text) {
        assertThat(Quantities.cpuMillis(text)).isEmpty();
    }
}
