package dev.rac.registryauth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Takes any bytes for the values of {@code scope} parameters, a line each. What does not hold is thrown. */
public final class ScopeFuzz {
    private ScopeFuzz() {}

    /** The entry that fuzzers call by its name. */
    public static void fuzzerTestOneInput(byte[] input) {
        List<String> values = Arrays.asList(new String(input, StandardCharsets.UTF_8).split("\n", -1));
        List<ResourceScope> scopes;
        try {
            scopes = Scopes.parse(values);
        } catch (InvalidScopeException e) {
            assertThat(e.getMessage()).hasSizeLessThan(600);
            return;
        }
        assertThat(scopes).hasSizeLessThanOrEqualTo(Scopes.MAX_RESOURCES);
        scopes.forEach(ScopeFuzz::check);
        assertThat(Scopes.parse(scopes.stream().map(ResourceScope::toString).toList()))
                .isEqualTo(scopes);
    }

    private static void check(ResourceScope scope) {
        assertThat(scope.type()).matches("[a-z0-9]+");
        assertThat(scope.name()).hasSizeBetween(1, 255).matches("[!-~]+");
        assertThat(scope.actions()).doesNotHaveDuplicates().allMatch(action -> action.matches("[a-z]+|\\*"));
        scope.repository().ifPresent(ScopeFuzz::check);
    }

    private static void check(RepositoryName repository) {
        assertThat(repository.value()).matches("[a-z0-9][a-z0-9._/-]*").doesNotContain("//", "..", "./", "/.");
        // What decides about a repository covers it.
        assertThat(RepositoryPattern.covering(repository))
                .allMatch(text -> new RepositoryPattern(text).covers(repository));
    }
}
