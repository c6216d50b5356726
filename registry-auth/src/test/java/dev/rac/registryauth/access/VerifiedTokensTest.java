package dev.rac.registryauth.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private final Map<String, String> database = new HashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final VerifiedTokens<String> verified = new VerifiedTokens<>(nanos::get, this::ask);

    private Optional<String> ask(String sha256) {
        questions.incrementAndGet();
        return Optional.ofNullable(database.get(sha256));
    }

    @Test
    void asksTheDatabaseOnceInFiveSeconds() {
        database.put("1", "alice");
        assertThat(verified.find("1")).contains("alice");
        nanos.set(4_999_999_999L);
        assertThat(verified.find("1")).contains("alice");
        assertThat(questions).hasValue(1);

        database.clear();
        nanos.set(5_000_000_000L);
        assertThat(verified.find("1")).isEmpty();
    }

    @Test
    void whatIsWrongMayBeRightAMomentLater() {
        assertThat(verified.find("1")).isEmpty();
        database.put("1", "alice");

        assertThat(verified.find("1")).contains("alice");
        assertThat(verified.find("2")).isEmpty();
    }

    @Test
    void forgetsAtOnce() {
        database.put("1", "alice");
        verified.find("1");
        database.clear();

        verified.forget();

        assertThat(verified.find("1")).isEmpty();
        assertThat(verified.find("1")).isEmpty();
    }

    @Test
    void anAnswerThatIsOlderThanAChangeDoesNotStay() {
        var slow = new ChangingDatabase();
        database.put("1", "alice");
        assertThat(slow.verified.find("1")).contains("alice");

        assertThat(slow.verified.find("1")).isEmpty();
    }

    /** Takes a secret away after it has answered that it is there. */
    private final class ChangingDatabase {
        private final VerifiedTokens<String> verified = new VerifiedTokens<>(nanos::get, this::ask);

        private Optional<String> ask(String sha256) {
            Optional<String> answer = VerifiedTokensTest.this.ask(sha256);
            database.clear();
            verified.forget();
            return answer;
        }
    }
}
