package dev.rac.registryauth.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "hello",
                "alice/hello",
                "a/b/c/d",
                "0/1",
                "az/09",
                "a.b",
                "a_b",
                "a__b",
                "a-b",
                "a---b",
                "a-b.c_d__e/f",
                "library/nginx"
            })
    void takesWhatTheRegistryTakes(String name) {
        assertThat(RepositoryName.parse(name))
                .hasValueSatisfying(parsed -> assertThat(parsed.value()).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "a{",
                "a`",
                "1:",
                "a/",
                "/a",
                "a//b",
                "A",
                "alice/Hello",
                "a..b",
                "..",
                "../a",
                "a/../b",
                "a___b",
                "a.-b",
                "_a",
                "a_",
                "-a",
                "a-",
                ".a",
                "a.",
                "a b",
                "a\n",
                "\na",
                "a\tb",
                "a:b",
                "host:5000/a",
                "a%2fb",
                "a*",
                "alice/*",
                "a@b",
                "ä",
                "аlice/hello",
                "a\u0000",
                "hello\u200b"
            })
    void refusesEverythingElse(String name) {
        assertThat(RepositoryName.parse(name)).isEmpty();
        assertThatThrownBy(() -> new RepositoryName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasAtMost255Characters() {
        assertThat(RepositoryName.parse("a".repeat(255))).isPresent();
        assertThat(RepositoryName.parse("a".repeat(256))).isEmpty();
        assertThat(RepositoryName.parse("a/".repeat(1_000_000) + "a")).isEmpty();
    }
}
