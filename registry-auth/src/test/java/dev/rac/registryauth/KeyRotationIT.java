package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The real registry, which reads the bundle only when it starts, while the signing key changes. */
@EnabledIf("dev.rac.registryauth.Registry#isInstalled")
class KeyRotationIT {
    private static final int CLIENTS = 4;
    private static final int ROTATIONS = 10;
    private static final int TOKENS_BETWEEN = 10;

    @TempDir
    Path directory;

    @Test
    void noRequestIsRefusedWhileTheKeyIsRotatedAgainAndAgain() throws Exception {
        try (var auth = AuthServer.start(directory.resolve("data"));
                var registry = Registry.start(directory, auth);
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            String first = token(auth);
            registry.push("hello", "latest", first);
            var over = new AtomicBoolean();
            Callable<List<Integer>> client = () -> {
                var statuses = new ArrayList<Integer>();
                while (!over.get()) {
                    statuses.add(registry.status("GET", "/v2/hello/manifests/latest", token(auth)));
                }
                return statuses;
            };
            List<Future<List<Integer>>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> threads.submit(client))
                    .toList();
            var signers = new HashSet<String>();
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                assertThat(auth.send("POST", "/signing-keys/rotate", admin(), null)
                                .status())
                        .isEqualTo(200);
                for (int i = 0; i < TOKENS_BETWEEN; i++) {
                    signers.add(signer(token(auth)));
                }
            }
            over.set(true);

            for (Future<List<Integer>> statuses : clients) {
                assertThat(statuses.get()).hasSizeGreaterThan(ROTATIONS).containsOnly(200);
            }
            assertThat(signers).hasSize(ROTATIONS);
            assertThat(registry.status("GET", "/v2/hello/manifests/latest", first))
                    .isEqualTo(200);
        }
    }

    @Test
    void tokensOfBothAuthoritiesAreAcceptedAroundTheRegistrysRestarts() throws Exception {
        try (var auth = AuthServer.start(directory.resolve("data"))) {
            String old = token(auth);
            rotate(auth, Map.of("authority", true), 202);
            try (var registry = Registry.start(directory, auth)) {
                assertThat(registry.push("hello", "latest", token(auth))).isEqualTo(201);
                rotate(auth, Map.of("authority", true, "registry_restarted", true), 200);
                assertThat(registry.push("hello", "latest", token(auth))).isEqualTo(201);
                assertThat(registry.push("hello", "latest", old)).isEqualTo(201);
            }
            // The old authority is in the bundle no longer; the old token's own certificate is.
            try (var registry = Registry.start(directory, auth)) {
                assertThat(registry.push("hello", "latest", token(auth))).isEqualTo(201);
                assertThat(registry.push("hello", "latest", old)).isEqualTo(201);
                rotate(auth, Map.of(), 200);
                assertThat(registry.push("hello", "latest", token(auth))).isEqualTo(201);
            }
        }
    }

    @Test
    void anotherAlgorithmIsAcceptedWithoutARestartOfTheRegistryAndOldTokensStayValid() throws Exception {
        var auth = AuthServer.start(directory.resolve("data"), "RAC_TOKEN_ALGORITHM", "es256");
        try (var registry = Registry.start(directory, auth)) {
            String elliptic = token(auth);
            auth.close();
            auth = AuthServer.start(directory.resolve("data"), "RAC_TOKEN_ALGORITHM", "rs256");
            String rsa = token(auth);
            auth.close();
            auth = AuthServer.start(directory.resolve("data"), "RAC_TOKEN_ALGORITHM", "es256");

            assertThat(List.of(algorithm(elliptic), algorithm(rsa), algorithm(token(auth))))
                    .containsExactly("ES256", "RS256", "ES256");
            assertThat(registry.push("hello", "latest", elliptic)).isEqualTo(201);
            assertThat(registry.push("hello", "latest", rsa)).isEqualTo(201);
            assertThat(registry.push("hello", "latest", token(auth))).isEqualTo(201);
        } finally {
            auth.close();
        }
    }

    private static void rotate(AuthServer auth, Map<String, Boolean> how, int status) {
        assertThat(auth.send("POST", "/signing-keys/rotate", admin(), how).status())
                .isEqualTo(status);
    }

    private static String token(AuthServer auth) {
        return auth.get("/token?service=localhost&scope=repository:hello:pull,push", null)
                .text("token");
    }

    private static String algorithm(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getAlgorithm().getName();
    }

    private static String signer(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getX509CertChain().getFirst().toString();
    }
}
