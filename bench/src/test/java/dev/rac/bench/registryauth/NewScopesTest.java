package dev.rac.bench.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class NewScopesTest {
    private static final Pattern SCOPE = Pattern.compile("scope=repository%3A(user\\d{6}%2Fnew\\d{10})%3Apull%2Cpush");

    @Test
    void neverAsksForARepositoryAgain() {
        var sequence = new AtomicLong();
        var first = new NewScopes(10, sequence);
        var second = new NewScopes(10, sequence);
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 500; i++) {
            seen.addAll(repositories(first));
            seen.addAll(repositories(second));
        }

        assertThat(seen).hasSize(10_000);
        assertThat(seen.stream().map(name -> name.substring(0, "user000000".length())))
                .doesNotHaveDuplicates();
    }

    @Test
    void changesNothingButDigits() {
        var requests = new NewScopes(1, new AtomicLong(1_234_567_890));

        assertThat(text(requests)).isEqualTo("""
                GET /token?service=localhost&scope=repository%3Auser060370%2Fnew1234567890%3Apull%2Cpush HTTP/1.1\r
                Host: localhost\r
                User-Agent: docker/28.0.0\r
                Accept-Encoding: gzip\r
                \r
                """);
    }

    private static List<String> repositories(NewScopes requests) {
        List<String> found = SCOPE.matcher(text(requests))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
        assertThat(found).hasSize(10);
        return found;
    }

    private static String text(NewScopes requests) {
        return StandardCharsets.US_ASCII.decode(requests.next()).toString();
    }
}
