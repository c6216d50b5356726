package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.policy.PolicyFuzz;
import dev.rac.registryauth.scope.ScopeFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code fuzz.sh} begins with and has found, at every build. */
class FuzzCorpusTest {
    @ParameterizedTest
    @MethodSource
    void scope(Path input) throws IOException {
        check(ScopeFuzz::fuzzerTestOneInput, input);
    }

    @ParameterizedTest
    @MethodSource
    void policy(Path input) throws IOException {
        check(PolicyFuzz::fuzzerTestOneInput, input);
    }

    static List<Path> scope() throws Exception {
        return inputs("scope");
    }

    static List<Path> policy() throws Exception {
        return inputs("policy");
    }

    private static void check(Consumer<byte[]> target, Path input) throws IOException {
        target.accept(Files.readAllBytes(input));
    }

    private static List<Path> inputs(String target) throws IOException, URISyntaxException {
        var directory = Objects.requireNonNull(FuzzCorpusTest.class.getResource("/fuzz/" + target));
        try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
            List<Path> inputs = files.sorted().toList();
            assertThat(inputs).isNotEmpty();
            return inputs;
        }
    }
}
