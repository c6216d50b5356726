package dev.rac.notifier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.AppName;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppNamesTest {

    @ParameterizedTest
    @CsvSource({"hello, hello", "alice/hello, alice-hello", "a.b_c/d, a-b-c-d", "a__b, a--b", "x/y/z, x-y-z"})
    void slashesDotsAndUnderscoresBecomeDashes(String repository, String name) {
        assertThat(AppNames.release(repository).getFirst().value()).isEqualTo(name);
    }

    @Test
    void aNameThatIsTakenOrTooLongEndsInSixDigitsOfItsHash() {
        assertThat(AppNames.release("alice/hello").get(1).value()).matches("alice-hello-[0-9a-f]{6}");
        AppName longName = AppNames.release("a".repeat(200)).getFirst();
        assertThat(longName.value()).hasSize(63).matches("a{56}-[0-9a-f]{6}");
    }

    @Test
    void aNameThatIsCutDoesNotKeepADashBeforeItsHash() {
        assertThat(AppNames.release("a".repeat(55) + "/" + "b".repeat(20))
                        .getFirst()
                        .value())
                .matches("a{55}-[0-9a-f]{6}");
    }

    @ParameterizedTest
    @CsvSource({"v1.2, v1-2--hello", "Feature_X, feature-x--hello", "pr-7-, pr-7--hello"})
    void aPreviewIsNamedForItsTag(String tag, String name) {
        assertThat(preview("hello", tag).getFirst().value()).isEqualTo(name);
    }

    @Test
    void aTagOfNothingButPunctuationIsNamedByItsHash() {
        assertThat(preview("hello", "___").getFirst().value()).matches("tag--hello-[0-9a-f]{6}");
    }

    @Test
    void thousandsOfRandomNamesAreLabelsAndNoneLacksANameOfItsOwn() {
        var random = new Random(99);
        Set<String> repositories = new HashSet<>();
        while (repositories.size() < 5000) {
            repositories.add(text(random, "abc019._-/", 90));
        }
        Set<AppName> given = new HashSet<>();
        for (String repository : repositories) {
            AppName name = AppNames.release(repository).stream()
                    .filter(candidate -> !given.contains(candidate))
                    .findFirst()
                    .orElseThrow();
            given.add(name);
            AppName preview = AppNames.preview(repository, text(random, "aZ09._-", 128), name).stream()
                    .filter(candidate -> !given.contains(candidate))
                    .findFirst()
                    .orElseThrow();
            given.add(preview);
        }
        assertThat(given).hasSize(10_000);
    }

    @Test
    void noTextThrows() {
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(80); length > 0; length--) {
                text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            }
            List<AppName> names = AppNames.release(text.toString());
            assertThat(names).isNotEmpty();
            assertThat(AppNames.preview("hello", text.toString(), names.getFirst()))
                    .isNotEmpty();
        }
    }

    private static List<AppName> preview(String repository, String tag) {
        return AppNames.preview(repository, tag, AppNames.release(repository).getFirst());
    }

    private static String text(Random random, String alphabet, int longest) {
        var text = new StringBuilder();
        for (int length = random.nextInt(1, longest + 1); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
