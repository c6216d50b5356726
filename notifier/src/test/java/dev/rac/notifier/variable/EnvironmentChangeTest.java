package dev.rac.notifier.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentChangeTest {
    private static EnvironmentChange set(String name, String value) {
        return new EnvironmentChange(Map.of(name, value), Set.of(), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1A", "A-B", "A B", "A=B", "A\0", "A\n", "Ä", "../A", "A.B", "%41", "_\u0661", "\uFF21"})
    void namesAreThoseOfPosix(String name) {
        assertThatThrownBy(() -> set(name, "secret")).isInstanceOf(InvalidVariablesException.class);
        assertThatThrownBy(() -> new EnvironmentChange(Map.of(), Set.of(name), false))
                .isInstanceOf(InvalidVariablesException.class);
    }

    @Test
    void aNameHas255CharactersAtMost() {
        assertThat(set("_" + "a".repeat(254), "").set()).hasSize(1);
        assertThatThrownBy(() -> set("a".repeat(256), ""))
                .isInstanceOf(InvalidVariablesException.class)
                .hasMessageContaining("\"" + "a".repeat(40) + "…\"");
    }

    @Test
    void aValueHas32768BytesAtMost() {
        assertThat(set("A", "é".repeat(16_384)).set()).hasSize(1);
        assertThatThrownBy(() -> set("A", "é".repeat(16_384) + "e"))
                .isInstanceOf(InvalidVariablesException.class)
                .hasMessageContaining("longer than 32768 bytes");
    }

    @Test
    void noProblemShowsAValue() {
        for (String value : new String[] {"s3cret\0", "s3cret\uD800", "s3cret".repeat(9000)}) {
            assertThatThrownBy(() -> set("A", value))
                    .isInstanceOf(InvalidVariablesException.class)
                    .hasMessageContaining("the value of A")
                    .hasMessageNotContaining("s3cret");
        }
        assertThat(set("A", "s3cret")).hasToString("set [A], removed []");
        assertThat(new AppEnvironment(Optional.of("id"), Map.of("A", "s3cret"), Optional.empty()))
                .hasToString("1 variables");
    }
}
