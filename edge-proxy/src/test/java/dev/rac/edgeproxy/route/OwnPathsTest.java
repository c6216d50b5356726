package dev.rac.edgeproxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.edgeproxy.route.OwnRoute.AmbiguousPath;
import dev.rac.edgeproxy.route.OwnRoute.NoSuchPath;
import dev.rac.edgeproxy.route.OwnRoute.Page;
import dev.rac.edgeproxy.route.OwnRoute.ToService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathsTest {
    @ParameterizedTest
    @ValueSource(strings = {"/v2", "/v2/", "/v2/alice/my.repo/blobs/uploads/", "/v2/_catalog"})
    void theRegistryIsUnderV2(String path) {
        assertThat(OwnPaths.find(path)).isEqualTo(new ToService(Service.REGISTRY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/token",
                "/users",
                "/users/me",
                "/users/me/password",
                "/claim",
                "/claims",
                "/claims/alice/hello/-/members/bob",
                "/access-tokens",
                "/access-tokens/1",
                "/repositories",
                "/signing-keys",
                "/signing-keys/rotate",
                "/audit"
            })
    void usersClaimsAndTokensAreRegistryAuths(String path) {
        assertThat(OwnPaths.find(path)).isEqualTo(new ToService(Service.AUTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apps", "/apps/alice/hello", "/apps/alice/hello/-/logs", "/apps/alice%2Fhello"})
    void appsAreTheNotifiers(String path) {
        assertThat(OwnPaths.find(path)).isEqualTo(new ToService(Service.NOTIFIER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/notifications",
                "/notifications/",
                "/metrics",
                "/pull-credentials",
                "/certificates",
                "/token/",
                "/claim/x",
                "/audit/",
                "/audit/x",
                "/repositories/",
                "/v3/",
                "/v2x",
                "/usersx",
                "/Apps",
                "//notifications",
                "//v2/",
                "/%6eotifications",
                "/healthz/",
                "",
                "*"
            })
    void nothingElseIsReachable(String path) {
        assertThat(OwnPaths.find(path)).isEqualTo(new NoSuchPath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/../pull-credentials",
                "/users/..",
                "/users/./me",
                "/users/%2e%2e/pull-credentials",
                "/users/%2E./pull-credentials",
                "/users/..;x=y/pull-credentials",
                "/users/..%3bx/pull-credentials",
                "/users/..%2fpull-credentials",
                "/users/..%5Cpull-credentials",
                "/users/..\\pull-credentials",
                "/apps/x/../../notifications"
            })
    void aPathThatMightBecomeAnotherIsRefused(String path) {
        assertThat(OwnPaths.find(path)).isEqualTo(new AmbiguousPath());
    }

    @Test
    void theFrontDoorAnswersThreePagesItself() {
        assertThat(OwnPaths.find("/")).isEqualTo(Page.WELCOME);
        assertThat(OwnPaths.find("/healthz")).isEqualTo(Page.HEALTH);
        assertThat(OwnPaths.find("/readyz")).isEqualTo(Page.READINESS);
    }
}
