package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.database.DatabaseSettings;
import dev.rac.service.database.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, started at the same moment, with one real PostgreSQL and one directory of keys. */
@EnabledIf("dev.rac.service.database.PostgresServer#isInstalled")
class PostgresIT {
    private static final int RACERS = 200;
    private static final String SCOPE = "/token?service=localhost&scope=repository:shared/hello:pull,push";

    private static final List<String> NAMES = List.of("one", "two");

    private static PostgresServer postgres;

    @TempDir
    Path directory;

    private AuthServer one;
    private AuthServer two;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void startBothAtOnce() throws Exception {
        DatabaseSettings database = postgres.newDatabase();
        Path certificates = Files.createDirectory(directory.resolve("certs"));
        for (String name : NAMES) {
            Path data = Files.createDirectory(directory.resolve(name));
            Files.createSymbolicLink(data.resolve("certs"), certificates);
        }
        List<AuthServer> started = atOnce(NAMES.stream()
                .<Callable<AuthServer>>map(name -> () -> start(directory.resolve(name), database))
                .toList());
        one = started.getFirst();
        two = started.getLast();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void whoSignsUpAtOneIsKnownToTheOther() {
        String alice = one.signUp("alice");

        assertThat(two.get("/users/me", alice).text("name")).isEqualTo("alice");
        assertThat(two.send("POST", "/users", null, Map.of("name", "alice", "password", "another-password"))
                        .status())
                .isEqualTo(409);
        // There is one administrator, whichever instance made the account.
        assertThat(one.get("/users/me", admin()).status()).isEqualTo(200);
        assertThat(two.get("/users/me", admin()).status()).isEqualTo(200);
    }

    @Test
    void whatIsClaimedAtOneIsClosedAtTheOtherAtOnce() {
        String alice = one.signUp("alice");
        String bob = two.signUp("bob");
        assertThat(two.get(SCOPE, bob).access()).isEqualTo("repository:shared/hello:pull,push");

        assertThat(claim(one, "shared/hello", alice).status()).isEqualTo(201);

        assertThat(two.get(SCOPE, bob).access()).isEmpty();
        assertThat(two.get(SCOPE, alice).access()).isEqualTo("repository:shared/hello:pull,push");
        assertThat(claim(two, "shared/hello", alice).status()).isEqualTo(200);
        assertThat(claim(two, "shared/hello", bob).status()).isEqualTo(409);
    }

    @Test
    void aPasswordChangedAtOneIsRefusedByTheOtherAtOnce() {
        String old = one.signUp("alice");
        // The other instance remembers the right password, and has given a refresh token for it.
        String refreshToken =
                two.get("/token?service=localhost&offline_token=true", old).text("refresh_token");
        assertThat(refresh(two, refreshToken)).isEqualTo(200);

        assertThat(one.send(
                                "PUT",
                                "/users/me/password",
                                old,
                                Map.of("current", "alice-password", "new", "the-next-password"))
                        .status())
                .isEqualTo(204);

        assertThat(two.get("/users/me", old).status()).isEqualTo(401);
        assertThat(refresh(two, refreshToken)).isEqualTo(401);
        assertThat(two.get("/users/me", basic("alice", "the-next-password")).status())
                .isEqualTo(200);
    }

    @Test
    @EnabledIf("dev.rac.registryauth.Registry#isInstalled")
    void oneRegistryAcceptsTheTokensOfBothAlsoWhileOneRotatesTheKey() throws Exception {
        try (var registry = Registry.start(directory, one)) {
            assertThat(registry.push("shared/hello", "latest", token(one))).isEqualTo(201);
            assertThat(registry.push("shared/hello", "latest", token(two))).isEqualTo(201);
            String before = signer(two);
            assertThat(signer(one)).isEqualTo(before);

            assertThat(one.send("POST", "/signing-keys/rotate", admin(), null).status())
                    .isEqualTo(200);

            String after = signer(one);
            assertThat(after).isNotEqualTo(before);
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                assertThat(registry.push("shared/hello", "latest", token(one))).isEqualTo(201);
                assertThat(registry.push("shared/hello", "latest", token(two))).isEqualTo(201);
                return signer(two).equals(after);
            });
            assertThat(two.get("/certificates", null).body())
                    .isEqualTo(one.get("/certificates", null).body());
        }
    }

    @Test
    void aPullCredentialOfOneIsTakenByTheOther() {
        assertThat(pulled(two, pullCredential(one))).isEqualTo("repository:shared/hello:pull");

        one.send("POST", "/signing-keys/rotate", admin(), null);

        assertThat(pulled(two, pullCredential(one))).isEqualTo("repository:shared/hello:pull");
        assertThat(pulled(one, pullCredential(two))).isEqualTo("repository:shared/hello:pull");
    }

    @Test
    void ofClaimsRacedBetweenTheInstancesOneWins() throws Exception {
        List<String> racers = List.of(one.signUp("alice"), one.signUp("bob"), two.signUp("carol"), two.signUp("dave"));
        List<Integer> statuses = atOnce(IntStream.range(0, RACERS)
                .<Callable<Integer>>mapToObj(i ->
                        () -> claim(i % 2 == 0 ? one : two, "shared/hello", racers.get(i % racers.size()))
                                .status())
                .toList());

        assertThat(statuses).containsOnly(200, 201, 409).containsOnlyOnce(201);
        // The winner's other attempts find the claim to be theirs; everybody else's are refused.
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(RACERS * 3 / 4);
        for (String racer : racers) {
            assertThat(one.get("/claims", racer).body())
                    .isEqualTo(two.get("/claims", racer).body());
        }
    }

    @Test
    void aClaimHandedToTheAdministratorWhileItsOwnerIsDeletedIsTheAdministrators() throws Exception {
        for (int round = 0; round < 30; round++) {
            String user = "user" + round;
            String repository = "given/" + round;
            String owner = one.signUp(user);
            assertThat(claim(one, repository, owner).status()).isEqualTo(201);

            List<Integer> statuses = atOnce(List.<Callable<Integer>>of(
                    () -> one.send("PATCH", "/claims/" + repository, owner, Map.of("owner", "admin"))
                            .status(),
                    () -> two.send("DELETE", "/users/" + user, admin(), null).status()));

            assertThat(statuses.getFirst()).isIn(204, 401, 403, 404, 409);
            assertThat(statuses.getLast()).isEqualTo(204);
            assertThat(one.get("/claims/" + repository, admin()).text("owner")).isEqualTo("admin");
        }
    }

    @Test
    void ofSimultaneousSignUpsWithOneNameOneWins() throws Exception {
        List<Integer> statuses = atOnce(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i -> () -> (i % 2 == 0 ? one : two)
                        .send("POST", "/users", null, Map.of("name", "alice", "password", "password-" + i))
                        .status())
                .toList());

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    }

    private static AuthServer start(Path data, DatabaseSettings database) {
        return AuthServer.start(data, "RAC_DATABASE_URL", database.url(), "RAC_DATABASE_USER", database.user());
    }

    private static String token(AuthServer server) {
        return server.get(SCOPE, null).text("token");
    }

    private static String signer(AuthServer server) throws Exception {
        return SignedJWT.parse(token(server))
                .getHeader()
                .getX509CertChain()
                .getFirst()
                .toString();
    }

    private static String pullCredential(AuthServer server) {
        return server.send("POST", "/pull-credentials", service("@notifier"), Map.of("repository", "shared/hello"))
                .text("password");
    }

    private static String pulled(AuthServer server, String credential) {
        return server.get(SCOPE, basic("@pull", credential)).access();
    }

    private static Reply claim(AuthServer server, String repository, @Nullable String authorization) {
        return server.send("POST", "/claim", authorization, Map.of("repository", repository));
    }

    private static int refresh(AuthServer server, String refreshToken) {
        return server.form(
                        null,
                        "grant_type",
                        "refresh_token",
                        "service",
                        "localhost",
                        "client_id",
                        "test",
                        "refresh_token",
                        refreshToken)
                .status();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        var results = new ArrayList<T>();
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<T> call : threads.invokeAll(calls)) {
                results.add(call.get());
            }
        }
        return results;
    }
}
