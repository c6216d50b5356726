package dev.rac.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryAmountTest {
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
        assertThat(MemoryAmount.bytes(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", "m", "0x10", "1 2", "1.", "999999999999999t", "١"})
    void whatIsNoAmountIsNone(String text) {
        assertThat(MemoryAmount.bytes(text)).isEmpty();
    }
}
