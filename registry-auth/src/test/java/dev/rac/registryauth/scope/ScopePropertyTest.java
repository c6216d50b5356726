package dev.rac.registryauth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any input. The seeds are fixed, so that a failure comes again. */
class ScopePropertyTest {
    private static final int CASES = 30_000;
    // The component and the separators of its package reference.
    private static final String DISTRIBUTION_COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String DISTRIBUTION_NAME = DISTRIBUTION_COMPONENT + "(?:/" + DISTRIBUTION_COMPONENT + ")*";

    private final Random random = new Random(20);

    @Test
    void whateverParsesIsWhatItSaysAndNothingElseIsThrown() {
        int parsed = 0;
        for (int i = 0; i < CASES; i++) {
            String text = RandomNames.mutated(random, scope());
            Optional<List<ResourceScope>> scopes = parse(text);
            if (scopes.isPresent()) {
                scopes.get().forEach(ScopePropertyTest::assertValid);
                parsed++;
            }
        }
        // Neither all nor none of the cases come to anything.
        assertThat(parsed).isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void whatIsParsedParsesAgainToTheSame() {
        for (int i = 0; i < CASES; i++) {
            parse(RandomNames.mutated(random, scope())).ifPresent(scopes -> {
                List<String> texts =
                        scopes.stream().map(ResourceScope::toString).toList();
                assertThat(Scopes.parse(texts)).isEqualTo(scopes);
                assertThat(Scopes.parse(List.of(String.join(" ", texts)))).isEqualTo(scopes);
            });
        }
    }

    @Test
    void aNameIsOneWhereTheRegistrysOwnExpressionMatches() {
        int names = 0;
        for (int i = 0; i < CASES; i++) {
            String text = RandomNames.mutated(random, RandomNames.repository(random));
            boolean matches = text.matches(DISTRIBUTION_NAME);
            assertThat(RepositoryName.parse(text).isPresent()).as(text).isEqualTo(matches);
            names += matches ? 1 : 0;
        }
        assertThat(names).isBetween(CASES / 10, CASES * 9 / 10);
    }

    private static void assertValid(ResourceScope scope) {
        assertThat(scope.type()).matches("[a-z0-9]+");
        assertThat(scope.name()).hasSizeBetween(1, 255).matches("[!-~]+");
        assertThat(scope.actions()).doesNotHaveDuplicates().allMatch(action -> action.matches("[a-z]+|\\*"));
        if (scope.type().equals("repository") || scope.type().equals("app")) {
            assertThat(scope.name())
                    .matches("([A-Za-z0-9.-]+:[0-9]{1,5}/)?[a-z0-9._/-]+")
                    .doesNotContain("//", "..");
        }
    }

    private static Optional<List<ResourceScope>> parse(String text) {
        try {
            return Optional.of(Scopes.parse(List.of(text)));
        } catch (InvalidScopeException e) {
            assertThat(e.getMessage()).hasSizeLessThan(600);
            return Optional.empty();
        }
    }

    private String scope() {
        return switch (random.nextInt(6)) {
            case 0 -> "registry:catalog:*";
            case 1 -> "app:" + RandomNames.repository(random) + ":read,write";
            case 2 -> "repository(plugin):" + RandomNames.repository(random) + ":pull";
            case 3 -> "repository:host:5000/" + RandomNames.repository(random) + ":pull,push";
            case 4 -> scope() + " " + scope();
            default -> "repository:" + RandomNames.repository(random) + ":pull,push";
        };
    }
}
