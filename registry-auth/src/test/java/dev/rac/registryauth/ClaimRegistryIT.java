package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What claims and roles come to at the real registry. */
@EnabledIf("dev.rac.registryauth.Registry#isInstalled")
class ClaimRegistryIT {
    private static final String ALL = "pull,push,delete";

    @TempDir
    Path directory;

    private AuthServer auth;
    private Registry registry;
    private String alice;
    private String bob;

    @BeforeEach
    void start() throws Exception {
        Path data = directory.resolve("data");
        auth = AuthServer.start(data);
        registry = Registry.start(directory, auth);
        auth.close();
        // The registry knows where to send clients from its start on; this instance knows where the registry is.
        auth = AuthServer.start(data, "RAC_REGISTRY_URL", "http://" + registry.host());
        alice = auth.signUp("alice");
        bob = auth.signUp("bob");
    }

    @AfterEach
    void stop() {
        registry.close();
        auth.close();
    }

    @Test
    void aReaderPullsAndDoesNotPush() throws Exception {
        claim("alice/hello", false);
        member("alice/hello", "bob", "reader");
        assertThat(push("alice/hello", alice)).isEqualTo(201);

        assertThat(pull("alice/hello", bob)).isEqualTo(200);
        assertThat(push("alice/hello", bob)).isEqualTo(401);
        assertThat(pull("alice/hello", null)).isEqualTo(401);
    }

    @Test
    void aWriterPushesAndDoesNotDeleteAnAdminDoes() throws Exception {
        claim("alice/hello", false);
        member("alice/hello", "bob", "writer");

        assertThat(push("alice/hello", bob)).isEqualTo(201);
        assertThat(delete("alice/hello", bob)).isEqualTo(401);
        member("alice/hello", "bob", "admin");
        assertThat(delete("alice/hello", bob)).isEqualTo(202);
    }

    @Test
    void everybodyPullsWhatIsPublicAndNobodyElsePushesIt() throws Exception {
        claim("alice/hello", true);
        assertThat(push("alice/hello", alice)).isEqualTo(201);

        assertThat(pull("alice/hello", null)).isEqualTo(200);
        assertThat(pull("alice/hello", bob)).isEqualTo(200);
        assertThat(push("alice/hello", null)).isEqualTo(401);
        assertThat(push("alice/hello", bob)).isEqualTo(401);
    }

    @Test
    void aNamespaceIsClosedToOthersAtAnyDepth() throws Exception {
        claim("alice/*", false);

        assertThat(push("alice/deep/down/hello", bob)).isEqualTo(401);
        assertThat(push("alice/deep/down/hello", null)).isEqualTo(401);
        assertThat(push("alice/deep/down/hello", alice)).isEqualTo(201);
        assertThat(push("alice", bob)).isEqualTo(201);
    }

    @Test
    void aClaimThatIsHandedOverIsTheNewOwnersAlone() throws Exception {
        claim("alice/hello", false);
        assertThat(push("alice/hello", alice)).isEqualTo(201);
        assertThat(auth.send("PATCH", "/claims/alice/hello", alice, Map.of("owner", "bob"))
                        .status())
                .isEqualTo(204);

        assertThat(push("alice/hello", bob)).isEqualTo(201);
        assertThat(pull("alice/hello", alice)).isEqualTo(401);
        assertThat(push("alice/hello", alice)).isEqualTo(401);
    }

    @Test
    void aBlobIsMountedOnlyByWhoMayPullWhereItComesFrom() throws Exception {
        claim("alice/secret", false);
        assertThat(push("alice/secret", alice)).isEqualTo(201);
        String mount = "/v2/bob/copy/blobs/uploads/?from=alice/secret&mount=" + Registry.pushedConfigDigest();

        String both = "repository:bob/copy:pull,push&scope=repository:alice/secret:pull";
        assertThat(registry.status("POST", mount, token(bob, both))).isEqualTo(401);
        assertThat(registry.status("POST", mount, token(null, both))).isEqualTo(401);
        member("alice/secret", "bob", "reader");
        assertThat(registry.status("POST", mount, token(bob, both))).isEqualTo(201);
        assertThat(registry.status("POST", mount, token(bob, "repository:bob/copy:pull,push")))
                .isEqualTo(401);
    }

    @Test
    void deletingTakesMoreThanPush() throws Exception {
        claim("alice/hello", false);
        assertThat(push("alice/hello", alice)).isEqualTo(201);
        String pushOnly = token(alice, "repository:alice/hello:push");
        String manifest = "/v2/alice/hello/manifests/" + Registry.pushedDigest();
        String blob = "/v2/alice/hello/blobs/" + Registry.pushedConfigDigest();

        assertThat(registry.status("DELETE", manifest, pushOnly)).isEqualTo(401);
        assertThat(registry.status("DELETE", blob, pushOnly)).isEqualTo(401);
        assertThat(delete("alice/hello", alice)).isEqualTo(202);
    }

    @Test
    void everybodySeesTheRepositoriesThatTheyMayPull() throws Exception {
        for (String repository : new String[] {"alice/secret", "alice/team/x", "free", "open"}) {
            assertThat(push(repository, null)).isEqualTo(201);
        }
        claim("alice/*", false);
        claim("open", true);
        member("alice/*", "bob", "writer");

        assertThat(repositories("", null)).isEqualTo("free:pull,push open:pull");
        assertThat(repositories("", bob))
                .isEqualTo("alice/secret:pull,push alice/team/x:pull,push free:pull,push open:pull");
        assertThat(repositories("", admin()))
                .isEqualTo("alice/secret:" + ALL + " alice/team/x:" + ALL + " free:" + ALL + " open:" + ALL);
        assertThat(repositories("?limit=1", null)).isEqualTo("free:pull,push");
        assertThat(auth.get("/repositories?limit=1", null).header("Link"))
                .isEqualTo("</repositories?limit=1&after=free>; rel=\"next\"");
        assertThat(repositories("?limit=1&after=free", null)).isEqualTo("open:pull");
        assertThat(auth.get("/repositories?limit=1&after=free", null).header("Link"))
                .isEmpty();
        assertThat(auth.get("/repositories?after=FREE", null).status()).isEqualTo(400);
        assertThat(auth.get("/repositories?limit=0", null).status()).isEqualTo(400);
        assertThat(auth.get("/repositories", AuthServer.basic("bob", "wrong-password"))
                        .status())
                .isEqualTo(401);

        registry.close();
        assertThat(auth.get("/repositories", null).status()).isEqualTo(503);
    }

    private String repositories(String query, @Nullable String authorization) {
        return String.join(
                " ",
                auth.get("/repositories" + query, authorization)
                        .json()
                        .valueStream()
                        .map(entry -> entry.path("repository").asString("") + ":"
                                + String.join(
                                        ",",
                                        entry.path("actions")
                                                .valueStream()
                                                .map(action -> action.asString(""))
                                                .toList()))
                        .toList());
    }

    private void claim(String repository, boolean isPublic) {
        assertThat(auth.send("POST", "/claim", alice, Map.of("repository", repository, "public", isPublic))
                        .status())
                .isEqualTo(201);
    }

    private void member(String repository, String user, String role) {
        assertThat(auth.send("PUT", "/claims/" + repository + "/-/members/" + user, alice, Map.of("role", role))
                        .status())
                .isEqualTo(204);
    }

    private int pull(String repository, @Nullable String authorization) throws Exception {
        return registry.status("GET", "/v2/" + repository + "/manifests/latest", all(authorization, repository));
    }

    private int push(String repository, @Nullable String authorization) throws Exception {
        return registry.push(repository, "latest", all(authorization, repository));
    }

    private int delete(String repository, @Nullable String authorization) throws Exception {
        return registry.status(
                "DELETE",
                "/v2/" + repository + "/manifests/" + Registry.pushedDigest(),
                all(authorization, repository));
    }

    private String all(@Nullable String authorization, String repository) {
        return token(authorization, "repository:" + repository + ":" + ALL);
    }

    private String token(@Nullable String authorization, String scope) {
        return auth.get("/token?service=localhost&scope=" + scope, authorization)
                .text("token");
    }
}
