package dev.rac.registryauth.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdTest {
    private static final String REST = "abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
    private static final String HASH = "$2y$05$" + REST;

    @ParameterizedTest
    @ValueSource(
            strings = {"alice:%s\nbob:%s\n", "alice:%s\nbob:%s", "alice:%s\r\nbob:%s\r\n", "\ufeffalice:%s\n bob:%s \n"
            })
    void readsUsers(String file) {
        Htpasswd.Content content = Htpasswd.parse(file.formatted(HASH, HASH));

        assertThat(content.skipped()).isEmpty();
        assertThat(content.entries())
                .containsExactly(new Htpasswd.Entry(1, "alice", HASH), new Htpasswd.Entry(2, "bob", HASH));
    }

    @Test
    void passesOverEmptyLinesAndComments() {
        Htpasswd.Content content = Htpasswd.parse("# users\n\n   \nalice:" + HASH + "\n#bob:" + HASH + "\n");

        assertThat(content.skipped()).isEmpty();
        assertThat(content.entries()).containsExactly(new Htpasswd.Entry(4, "alice", HASH));
    }

    @ParameterizedTest
    @CsvSource({
        "alice, '', a colon",
        "alice:, alice, bcrypt",
        "alice:secret, alice, bcrypt",
        "alice:$apr1$x$y, alice, bcrypt",
        "alice:{SHA}x=, alice, bcrypt",
        "alice:$2y$05$abc, alice, bcrypt",
        "alice:$2y$31$" + REST + ", alice, from 4 to 16",
        "alice:" + HASH + ":more, alice, bcrypt",
        ":" + HASH + ", '', 2 to 32",
        "Alice:" + HASH + ", '', 2 to 32",
        "a/b:" + HASH + ", '', 2 to 32",
        HASH + ":alice, '', 2 to 32",
        HASH + ", '', a colon",
        "me:" + HASH + ", me, reserved",
    })
    void skipsAndExplainsALineWithoutRepeatingItsHash(String line, String name, String reason) {
        Htpasswd.Content content = Htpasswd.parse("bob:" + HASH + "\n" + line + "\n");

        assertThat(content.entries()).hasSize(1);
        assertThat(content.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.line()).isEqualTo(2);
            assertThat(skipped.name()).isEqualTo(name);
            assertThat(skipped.reason()).contains(reason).doesNotContain(REST).doesNotContain("secret");
        });
        assertThat(content.toString()).doesNotContain(REST);
    }

    @Test
    void theFirstLineOfANameCounts() {
        Htpasswd.Content content =
                Htpasswd.parse("alice:" + HASH + "\nbob:" + HASH + "\nalice:" + HASH.replace("$05$", "$06$"));

        assertThat(content.entries()).extracting(Htpasswd.Entry::hash).containsExactly(HASH, HASH);
        assertThat(content.skipped()).containsExactly(new Htpasswd.Skipped(3, "alice", "line 1 has this name already"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "\r\n", "#", "   "})
    void nothingIsNoUsers(String file) {
        assertThat(Htpasswd.parse(file).entries()).isEmpty();
        assertThat(Htpasswd.parse(file).skipped()).isEmpty();
    }
}
