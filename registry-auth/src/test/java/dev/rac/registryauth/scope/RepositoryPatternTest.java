package dev.rac.registryauth.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPatternTest {
    @ParameterizedTest
    @CsvSource({
        // pattern, namespace, root, covering
        "hello,           false, hello, hello",
        "alice/hello,     false, alice, 'alice/hello alice/*'",
        "alice/team/x,    false, alice, 'alice/team/x alice/team/* alice/*'",
        "alice/*,         true,  alice, alice/*",
        "alice/team/*,    true,  alice, 'alice/team/* alice/*'",
        "1/2/3/4/5/6/7/8/*, true, 1, '1/2/3/4/5/6/7/8/* 1/2/3/4/5/6/7/* 1/2/3/4/5/6/* 1/2/3/4/5/* 1/2/3/4/* 1/2/3/* 1/2/* 1/*'",
    })
    void knowsWhatMayDecideOnIt(String text, boolean namespace, String root, String covering) {
        RepositoryPattern pattern = new RepositoryPattern(text);

        assertThat(RepositoryPattern.parse(text)).contains(pattern);
        assertThat(pattern).hasToString(text);
        assertThat(pattern.isNamespace()).isEqualTo(namespace);
        assertThat(pattern.root()).isEqualTo(root);
        assertThat(pattern.covering()).containsExactly(covering.split(" "));
        if (!namespace) {
            assertThat(RepositoryPattern.covering(new RepositoryName(text))).isEqualTo(pattern.covering());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alice/hello, alice/hello, true",
        "alice/hello, alice/hello/x, false",
        "alice/hello, alice/hell, false",
        "alice/*, alice/hello, true",
        "alice/*, alice/team/hello/x, true",
        "alice/*, alice, false",
        "alice/*, alice2/hello, false",
        "alice/*, alice-x, false",
        "alice/team/*, alice/team/x, true",
        "alice/team/*, alice/hello, false",
        "alice/team/*, alice/team, false",
        "alice/team/*, alice/teams/x, false",
    })
    void coversWhatIsBelowIt(String pattern, String repository, boolean covers) {
        assertThat(new RepositoryPattern(pattern).covers(new RepositoryName(repository)))
                .isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "/*",
                "**",
                "a*",
                "a/b*",
                "a/**",
                "a/*/*",
                "a/*/b",
                "*/a",
                "a/ *",
                "a/*\n",
                "a/* ",
                "A/*",
                "a//*",
                "a/./*",
                "../*",
                "a/*/",
                "a%2f*",
                "host:5000/*",
                "a/-/*",
                "1/2/3/4/5/6/7/8/9/*"
            })
    void refusesEverythingElse(String text) {
        assertThat(RepositoryPattern.parse(text)).isEmpty();
        assertThatThrownBy(() -> new RepositoryPattern(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasAtMost255Characters() {
        assertThat(RepositoryPattern.parse("a".repeat(255))).isPresent();
        assertThat(RepositoryPattern.parse("a".repeat(256))).isEmpty();
        assertThat(RepositoryPattern.parse("a".repeat(253) + "/*")).isPresent();
        assertThat(RepositoryPattern.parse("a".repeat(254) + "/*")).isEmpty();
        assertThat(RepositoryPattern.parse("a/".repeat(1_000_000) + "*")).isEmpty();
    }

    @Test
    void aLookUpIsBoundedHoweverDeepTheRepositoryIs() {
        var deepest = new RepositoryName("a/".repeat(127) + "a");

        assertThat(RepositoryPattern.covering(deepest))
                .hasSize(1 + RepositoryPattern.MAX_NAMESPACE_DEPTH)
                .startsWith(deepest.value(), "a/a/a/a/a/a/a/a/*")
                .endsWith("a/a/*", "a/*");
    }
}
