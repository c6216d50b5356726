package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First come, first served, however many come at once. */
class ClaimRaceTest {
    private static final int THREADS = 200;
    private static AuthServer server;
    private static List<String> people;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data);
        people =
                IntStream.range(0, 20).mapToObj(i -> server.signUp("racer" + i)).toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void oneOf200WhoClaimARepositoryWins() throws Exception {
        assertOneWins("raced/hello");
    }

    @Test
    void oneOf200WhoClaimANamespaceWins() throws Exception {
        assertOneWins("space/*");
    }

    private static void assertOneWins(String pattern) throws Exception {
        // Of those who share the winner's name, one claims and the others see that it is theirs.
        List<Integer> statuses = atOnce(IntStream.range(0, THREADS)
                .<Callable<Integer>>mapToObj(i -> () -> claim(people.get(i % people.size()), pattern))
                .toList());

        assertThat(statuses).hasSize(THREADS).containsOnly(201, 200, 409).containsOnlyOnce(201);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(THREADS / people.size() - 1);
        assertThat(server.get("/claims/" + pattern, admin()).text("owner")).startsWith("racer");
    }

    @Test
    void whatANamespaceAndARepositoryInItWinTogetherTheRepositoryWonFirst() throws Exception {
        var calls = new ArrayList<Callable<Integer>>();
        int rounds = 40;
        for (int round = 0; round < rounds; round++) {
            String root = "both" + round;
            calls.add(() -> claim(people.get(0), root + "/*"));
            calls.add(() -> claim(people.get(1), root + "/team/*"));
            calls.add(() -> claim(people.get(2), root + "/team/hello"));
        }
        List<Integer> statuses = atOnce(calls);

        for (int round = 0; round < rounds; round++) {
            List<Integer> of = statuses.subList(3 * round, 3 * round + 3);
            String root = "both" + round;
            assertThat(of).isSubsetOf(201, 409);
            // The widest one is in nobody's way; the others succeed only before what is around them.
            assertThat(of.getFirst()).isEqualTo(201);
            assertInOrder(of.get(1), root + "/team/*", root + "/*");
            assertInOrder(of.get(2), root + "/team/hello", root + "/*");
            if (of.get(1) == 201) {
                assertInOrder(of.get(2), root + "/team/hello", root + "/team/*");
            }
        }
    }

    private static void assertInOrder(int status, String inner, String outer) {
        if (status == 201) {
            assertThat(claimedAt(inner)).as(inner).isBeforeOrEqualTo(claimedAt(outer));
        } else {
            assertThat(server.get("/claims/" + inner, admin()).status()).isEqualTo(404);
        }
    }

    private static Instant claimedAt(String pattern) {
        return Instant.parse(server.get("/claims/" + pattern, admin()).text("created_at"));
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        var start = new CyclicBarrier(calls.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = calls.stream()
                    .map(call -> threads.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static int claim(String authorization, String pattern) {
        return server.send("POST", "/claim", authorization, Map.of("repository", pattern))
                .status();
    }
}
