package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real registry makes of our tokens. */
@EnabledIf("dev.rac.registryauth.Registry#isInstalled")
@ParameterizedClass
@ValueSource(strings = {"es256", "rs256"})
class RegistryIT {
    private final String algorithm;

    @TempDir
    Path directory;

    private AuthServer auth;
    private Registry registry;

    RegistryIT(String algorithm) {
        this.algorithm = algorithm;
    }

    @BeforeEach
    void start() throws Exception {
        // A certificate that is due for renewal today.
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-250));
        AuthServer.start(data(), past, "RAC_TOKEN_ALGORITHM", algorithm).close();
        String before = Files.readString(data().resolve("certs/registry-bundle.pem"));
        auth = AuthServer.start(data(), past, "RAC_TOKEN_ALGORITHM", algorithm);
        registry = Registry.start(directory, auth);
        auth.close();
        auth = AuthServer.start(data(), "RAC_TOKEN_ALGORITHM", algorithm);
        // The registry has read the bundle before the signing certificate was replaced.
        assertThat(Files.readString(auth.auth().certificateBundle())).isNotEqualTo(before);
    }

    @AfterEach
    void stop() {
        registry.close();
        auth.close();
    }

    @Test
    void anybodyPushesAndPullsWhatNobodyClaimed() throws Exception {
        assertThat(registry.push("hello", "latest", null)).isEqualTo(401);
        assertThat(registry.push("hello", "latest", token(null, "repository:hello:pull,push")))
                .isEqualTo(201);
        assertThat(registry.status("GET", "/v2/hello/manifests/latest", token(null, "repository:hello:pull")))
                .isEqualTo(200);
        assertThat(registry.status("GET", "/v2/hello/manifests/latest", null)).isEqualTo(401);
    }

    @Test
    void aTokenForOneRepositoryOpensNoOther() throws Exception {
        String token = token(null, "repository:hello:pull,push");

        assertThat(registry.push("other", "latest", token)).isEqualTo(401);
        assertThat(registry.push("hello/more", "latest", token)).isEqualTo(401);
        assertThat(registry.push("hello", "latest", token(null, "repository:hello:pull")))
                .isEqualTo(401);
    }

    @Test
    void onlyTheOwnerAndTheAdministratorReachWhatIsClaimed() throws Exception {
        String alice = auth.signUp("alice");
        String bob = auth.signUp("bob");
        assertThat(registry.push("alice/own", "latest", token(bob, "repository:alice/own:pull,push")))
                .isEqualTo(201);
        auth.send("POST", "/claim", alice, Map.of("repository", "alice/own"));

        for (String other : new String[] {null, bob}) {
            assertThat(registry.push("alice/own", "latest", token(other, "repository:alice/own:pull,push")))
                    .isEqualTo(401);
            assertThat(pull("alice/own", token(other, "repository:alice/own:pull")))
                    .isEqualTo(401);
        }
        for (String owner : new String[] {alice, admin()}) {
            assertThat(registry.push("alice/own", "latest", token(owner, "repository:alice/own:pull,push")))
                    .isEqualTo(201);
            assertThat(pull("alice/own", token(owner, "repository:alice/own:pull")))
                    .isEqualTo(200);
        }
    }

    /** The promise is about its lifetime: see {@link ForgedTokenIT} for its end. */
    @Test
    void anOldTokenIsGoodUntilItExpiresWhoeverClaimsMeanwhile() throws Exception {
        String old = token(null, "repository:later:pull,push");
        assertThat(registry.push("later", "latest", old)).isEqualTo(201);
        assertThat(auth.send("POST", "/claim", auth.signUp("alice"), Map.of("repository", "later"))
                        .status())
                .isEqualTo(201);

        assertThat(registry.push("later", "latest", old)).isEqualTo(201);
        assertThat(registry.push("later", "latest", token(null, "repository:later:pull,push")))
                .isEqualTo(401);
    }

    @Test
    void deletingTakesTheActionOfThatName() throws Exception {
        String alice = auth.signUp("alice");
        auth.send("POST", "/claim", alice, Map.of("repository", "alice/own"));
        registry.push("alice/own", "latest", token(alice, "repository:alice/own:pull,push"));
        String manifest = "/v2/alice/own/manifests/" + Registry.pushedDigest();

        assertThat(registry.status("DELETE", manifest, token(alice, "repository:alice/own:pull,push")))
                .isEqualTo(401);
        assertThat(registry.status("DELETE", manifest, token(alice, "repository:alice/own:delete")))
                .isEqualTo(202);
        assertThat(pull("alice/own", token(alice, "repository:alice/own:pull"))).isEqualTo(404);
    }

    @Test
    void aPullCredentialPullsItsRepositoryOnly() throws Exception {
        String alice = auth.signUp("alice");
        auth.send("POST", "/claim", alice, Map.of("repository", "alice/own"));
        registry.push("alice/own", "latest", token(alice, "repository:alice/own:pull,push"));
        Reply credential =
                auth.send("POST", "/pull-credentials", service("@notifier"), Map.of("repository", "alice/own"));
        String puller = basic("@pull", credential.text("password"));

        assertThat(pull("alice/own", token(puller, "repository:alice/own:pull")))
                .isEqualTo(200);
        assertThat(registry.push("alice/own", "latest", token(puller, "repository:alice/own:pull,push")))
                .isEqualTo(401);
        assertThat(pull("alice/own", credential.text("password"))).isEqualTo(401);
    }

    @Test
    void theCatalogueIsTheAdministratorsAndTheServices() throws Exception {
        assertThat(catalogue(admin())).isEqualTo(200);
        assertThat(catalogue(service("@notifier"))).isEqualTo(200);
        assertThat(catalogue(null)).isEqualTo(401);
        assertThat(catalogue(auth.signUp("alice"))).isEqualTo(401);
    }

    private int catalogue(@Nullable String authorization) throws Exception {
        return registry.status("GET", "/v2/_catalog", token(authorization, "registry:catalog:*"));
    }

    private int pull(String repository, String token) throws Exception {
        return registry.status("GET", "/v2/" + repository + "/manifests/latest", token);
    }

    private String token(@Nullable String authorization, String scope) {
        return auth.get("/token?service=localhost&scope=" + scope, authorization)
                .text("token");
    }

    private Path data() {
        return directory.resolve("data");
    }
}
