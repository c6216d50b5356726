package dev.rac.notifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagRuleTest {

    @ParameterizedTest
    @CsvSource({
        "latest, latest, true",
        "latest, latest2, false",
        "stable, latest, false",
        "v*, v1, true",
        "v*, 1, false",
        "v?.*, v1.2, true",
        "v?.*, v12, false",
        "*, anything, true",
        "*-prod, 1.2-prod, true",
        "1.*, 1.2.3-rc1, true",
        "^1.2, 1.2.0, true",
        "^1.2, 1.9.9, true",
        "^1.2, 2.0.0, false",
        "^1.2, 1.1.9, false",
        "^1.2, v1.3.0, true",
        "^1.2, 1.3, false",
        "^1.2, latest, false",
        "^1.2, 1.3.0-rc.1, false",
        "^1.3.0-rc.1, 1.3.0-rc.2, true",
        "^1.3.0-rc.2, 1.3.0-rc.1, false",
        "^0.2.3, 0.2.9, true",
        "^0.2.3, 0.3.0, false",
        "^0.0.3, 0.0.4, false",
        "^0, 0.9.0, true",
        "~1.2.3, 1.2.9, true",
        "~1.2.3, 1.3.0, false",
        "~1, 1.9.0, true",
        ">=1 <3, 2.9.9, true",
        ">=1 <3, 3.0.0, false",
        ">1.2, 1.2.9, false",
        ">1.2, 1.3.0, true",
        "<=1.2, 1.2.9, true",
        "> 1.2.3, 1.2.3, false",
        "=1.2.3, 1.2.3, true",
        "=1.2, 1.2.7, true",
        "1.x, 1.7.0, true",
        "1.x || 3.x, 3.0.1, true",
        "1.x || 3.x, 2.0.1, false",
        "v1.x, 1.7.0, true",
        ">=1.2.3-alpha, 1.2.3, true",
        ">=v1.0.0, v1.0.0, true"
    })
    void releases(String rule, String tag, boolean releases) {
        assertThat(TagRule.parse(rule).orElseThrow().releases(tag)).isEqualTo(releases);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^", ">=", "^abc", ">=1 <", "|| 1", "-x", "a b", "a/b", ">=1,<2", "1.x foo", "ä*"})
    void whatIsNoRuleIsNone(String rule) {
        assertThat(TagRule.parse(rule)).isEmpty();
    }

    @Test
    @Timeout(20)
    void noPatternIsSlow() {
        String pattern = "*a".repeat(60) + "b";
        String tag = "a".repeat(128);

        assertThat(TagRule.parse(pattern).orElseThrow().releases(tag)).isFalse();
    }

    @Test
    void noInputThrows() {
        var random = new Random(7);
        String alphabet = "^~<>=|vx*?. -0123456789ab";
        for (int round = 0; round < 50_000; round++) {
            var rule = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                rule.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(TagRule.parse(rule.toString()).map(parsed -> parsed.releases("v1.2.3-rc.1")))
                    .isNotNull();
        }
    }

    @Test
    void versionsAreOrderedAsTheStandardSays() {
        String[] ordered = {
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.1.0",
            "2.0.0"
        };
        for (int i = 0; i < ordered.length; i++) {
            for (int j = 0; j < ordered.length; j++) {
                Version left = Version.parse(ordered[i]).orElseThrow();
                Version right = Version.parse(ordered[j]).orElseThrow();
                assertThat(Integer.signum(left.compareTo(right))).isEqualTo(Integer.compare(i, j));
            }
        }
    }
}
