package dev.rac.registryauth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any input. The seeds are fixed, so that a failure comes again. */
class RepositoryPatternPropertyTest {
    private static final int CASES = 30_000;

    private final Random random = new Random(21);

    @Test
    void aPatternIsANameOrANameWithAnAsteriskBelowIt() {
        int parsed = 0;
        for (int i = 0; i < CASES; i++) {
            String text = RandomNames.mutated(random, RandomNames.pattern(random));
            var pattern = RepositoryPattern.parse(text);
            String name = text.endsWith("/*") ? text.substring(0, text.length() - 2) : text;
            boolean deep = text.endsWith("/*") && name.split("/", -1).length > RepositoryPattern.MAX_NAMESPACE_DEPTH;
            assertThat(pattern.isPresent())
                    .as(text)
                    .isEqualTo(RepositoryName.parse(name).isPresent() && !deep);
            if (pattern.isPresent()) {
                parsed++;
                assertThat(pattern.get().value()).isEqualTo(text);
                assertThat(pattern.get().isNamespace()).isEqualTo(text.endsWith("/*"));
            }
        }
        assertThat(parsed).isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void thePatternsThatCoverARepositoryAreThoseThatSayThatTheyDo() {
        int covered = 0;
        for (int i = 0; i < CASES; i++) {
            var repository = new RepositoryName(RandomNames.repository(random));
            var pattern = RepositoryPattern.parse(RandomNames.pattern(random));
            if (pattern.isPresent()) {
                boolean covers = pattern.get().covers(repository);
                assertThat(RepositoryPattern.covering(repository)
                                .contains(pattern.get().value()))
                        .as("%s, %s", pattern.get(), repository)
                        .isEqualTo(covers);
                if (covers) {
                    covered++;
                    assertThat(pattern.get().root())
                            .isEqualTo(RepositoryPattern.of(repository).root());
                }
            }
        }
        assertThat(covered).isGreaterThan(CASES / 100);
    }

    @Test
    void theMoreSpecificPatternComesFirst() {
        for (int i = 0; i < CASES; i++) {
            var repository = new RepositoryName(RandomNames.repository(random));
            var covering = RepositoryPattern.covering(repository).stream()
                    .map(RepositoryPattern::new)
                    .toList();
            assertThat(covering.getFirst().value()).isEqualTo(repository.value());
            for (int j = 1; j < covering.size(); j++) {
                assertThat(covering.get(j).isNamespace()).isTrue();
                assertThat(covering.get(j).covers(repository)).isTrue();
                // What covers a pattern covers all that the pattern covers.
                assertThat(covering.get(j - 1).covering())
                        .contains(covering.get(j).value());
            }
        }
    }
}
