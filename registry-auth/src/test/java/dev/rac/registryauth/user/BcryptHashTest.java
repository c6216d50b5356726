package dev.rac.registryauth.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptHashTest {
    private static final String REST = "abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

    @ParameterizedTest
    @ValueSource(strings = {"$2a$04$", "$2b$12$", "$2y$05$", "$2y$16$"})
    void takesBcrypt(String start) {
        assertThat(BcryptHash.problem(start + REST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$apr1$abcdefgh$lF9kv5gXyJ7bU4d1kfGmq0",
                "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
                "$5$abcdefgh$0123456789012345678901234567890123456789012",
                "$6$abcdefgh$0123456789",
                "rqXexS6ZhobKA",
                "$2x$04$" + REST,
                "$2$04$" + REST,
                "$2b$4$" + REST,
                "$2b$04$" + REST + "x",
                "$2b$04$" + REST + "\n",
                " $2b$04$" + REST,
                "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6"
            })
    void refusesAllElseWithoutRepeatingIt(String text) {
        assertThat(BcryptHash.problem(text))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("bcrypt").doesNotContain(REST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "17", "31", "99"})
    void refusesCostsThatWouldCostTooMuchOrNothing(String cost) {
        assertThat(BcryptHash.problem("$2b$" + cost + "$" + REST))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("from 4 to 16").doesNotContain(REST));
    }

    @Test
    void readsAndReplacesTheCost() {
        assertThat(BcryptHash.cost("$2b$12$" + REST)).isEqualTo(12);
        assertThat(BcryptHash.withCost("$2b$12$" + REST, 4)).isEqualTo("$2b$04$" + REST);
        assertThat(BcryptHash.withCost("$2b$12$" + REST, 16)).isEqualTo("$2b$16$" + REST);
    }
}
