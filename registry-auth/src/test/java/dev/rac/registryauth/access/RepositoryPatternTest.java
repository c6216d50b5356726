package dev.rac.registryauth.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.registryauth.scope.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPatternTest {
    @ParameterizedTest
    @CsvSource({
        "alice/hello, alice/hello, true",
        "alice/hello, alice/hello2, false",
        "alice/hello, alice/hello/x, false",
        "alice/hello, x/alice/hello, false",
        "hello, hello, true",
        "alice/*, alice/hello, true",
        "alice/*, alice/a/b, true",
        "alice/*, alice, false",
        "alice/*, alice2/hello, false",
        "alice/*, x/alice/hello, false",
        "alice/a/*, alice/a/b, true",
        "alice/a/*, alice/b, false",
    })
    void matchesItsRepositories(String pattern, String repository, boolean matches) {
        assertThat(RepositoryPattern.parse(pattern).orElseThrow().matches(new RepositoryName(repository)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "/*",
                "**",
                "alice/**",
                "alice/*/x",
                "al*",
                "*/hello",
                "Alice/*",
                "alice//*",
                "alice/",
                "alice/hello*",
                "a b",
                "alice/*\n",
                "../*"
            })
    void isANameOrTheBeginningOfOne(String text) {
        assertThat(RepositoryPattern.parse(text)).isEmpty();
    }

    @Test
    void aWrongOneCannotBeMade() {
        assertThatThrownBy(() -> new RepositoryPattern("*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"*\"");
    }
}
