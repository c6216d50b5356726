package dev.rac.registryauth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords(4, 2, new SecureRandom());

    @AfterEach
    void close() {
        passwords.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "with space", "with:colon", "pässwörd", "日本語のパスワード", "\u00a0\u200b1234567"})
    void checksWhatItHashed(String password) {
        String hash = passwords.hash(password, Source.OWN);

        assertThat(hash).startsWith("$2b$04$");
        assertThat(passwords.hash(password, Source.OWN)).isNotEqualTo(hash);
        assertThat(passwords.verify(password, hash, Source.OWN).join()).isTrue();
        assertThat(passwords.verify(password + " ", hash, Source.OWN).join()).isFalse();
        assertThat(passwords.verify("", hash, Source.OWN).join()).isFalse();
    }

    // Made with the C library's crypt(3), libxcrypt 4.4.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
            })
    void checksEveryVersionOfHash(String hash) {
        assertThat(passwords.verify("correct horse", hash, Source.OWN).join()).isTrue();
        assertThat(passwords.verify("correct horsf", hash, Source.OWN).join()).isFalse();
    }

    @Test
    void looksAtEveryByteOfTheLongestPassword() {
        String longest = "x".repeat(72);
        String hash = passwords.hash(longest, Source.OWN);

        assertThat(passwords.verify(longest, hash, Source.OWN).join()).isTrue();
        assertThat(passwords.verify("x".repeat(71) + "y", hash, Source.OWN).join())
                .isFalse();
        // bcrypt itself would not see the 73rd byte.
        assertThat(passwords.verify(longest + "y", hash, Source.OWN).join()).isFalse();
        assertThat(passwords.verify("x".repeat(1_000_000), hash, Source.OWN).join())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void saysWhyAPasswordCannotBe(String password, String reason) {
        assertThat(Passwords.problem(password))
                .hasValueSatisfying(problem -> assertThat(problem).contains(reason));
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of("", "has 0"),
                Arguments.of("1234567", "8 to 72 bytes"),
                Arguments.of("x".repeat(73), "has 73"),
                Arguments.of("é".repeat(37), "has 74"),
                Arguments.of("1234567\u0000", "control characters"),
                Arguments.of("1234567\n", "control characters"),
                Arguments.of("12345678\ud800", "half a character"),
                Arguments.of("rac_" + "x".repeat(43), "access token"));
    }

    @Test
    void takesEightTo72Bytes() {
        assertThat(Passwords.problem("12345678")).isEmpty();
        assertThat(Passwords.problem("x".repeat(72))).isEmpty();
        assertThat(Passwords.problem("é".repeat(36))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 10})
    void aWrongPasswordTakesTheWorkThatIsAskedFor(int cost) {
        String hash = passwords.hash("some-password", Source.OWN);
        passwords.nobodysHash();
        long before = passwords.rounds();

        assertThat(passwords.verify("wrong-password", hash, cost, Source.OWN).join())
                .isFalse();
        assertThat(passwords.rounds() - before).isEqualTo(1L << cost);
    }

    @Test
    void aRightPasswordTakesTheWorkOfItsHash() {
        String hash = passwords.hash("some-password", Source.OWN);
        passwords.nobodysHash();
        long before = passwords.rounds();

        assertThat(passwords.verify("some-password", hash, 10, Source.OWN).join())
                .isTrue();
        assertThat(passwords.rounds() - before).isEqualTo(1L << 4);
    }

    @Test
    void nobodysHashCostsTheSameAsAnybodys() {
        assertThat(passwords.nobodysHash()).startsWith("$2b$04$").hasSize(60);
    }

    @Test
    void refusesWhatWouldWaitTooLongAndDoesTheRest() {
        try (var slow = new Passwords(12, 1, new SecureRandom())) {
            List<CompletableFuture<Boolean>> taken = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            taken.add(
                                    slow.verify("wrong", passwords.nobodysHash().replace("$04$", "$11$"), Source.OWN));
                        }
                    })
                    .isInstanceOf(PasswordsBusyException.class);

            // One place may be taken by the hash that it makes for itself.
            assertThat(taken).hasSizeBetween(15, 60);
            assertThat(taken).allSatisfy(check -> assertThat(check.join()).isFalse());
            assertThat(slow.verify("wrong", passwords.nobodysHash(), Source.OWN).join())
                    .isFalse();
        }
    }
}
