package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys that sign tokens, as their administrator sees and rotates them. */
class SigningKeyTest {
    @TempDir
    Path data;

    private AuthServer server;

    @BeforeEach
    void start() {
        server = AuthServer.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tokensAreSignedWithTheNextKeyAtOnceAndTheOldOneStaysPublished() throws Exception {
        String before = signer();
        Reply rotated = server.send("POST", "/signing-keys/rotate", admin(), null);
        String after = signer();

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(after).isNotEqualTo(before);
        assertThat(rotated.json()).hasSize(2);
        assertThat(rotated.json().get(0).path("signs").asBoolean()).isTrue();
        assertThat(rotated.json().get(1).path("signs").asBoolean()).isFalse();
        assertThat(server.get("/signing-keys", admin()).body()).isEqualTo(rotated.body());
        assertThat(server.get("/certificates", null).body().replaceAll("\\s", ""))
                .contains(after)
                .contains(before);
        assertThat(Files.readString(server.auth().certificateBundle()))
                .isEqualTo(server.get("/certificates", null).body());
    }

    @Test
    void aPullCredentialOutlivesARotation() {
        Reply credential =
                server.send("POST", "/pull-credentials", service("@notifier"), Map.of("repository", "hello"));
        server.send("POST", "/signing-keys/rotate", admin(), null);

        assertThat(server.get(
                                "/token?service=localhost&scope=repository:hello:pull",
                                basic("@pull", credential.text("password")))
                        .access())
                .isEqualTo("repository:hello:pull");
    }

    @Test
    void onlyTheAdministratorSeesAndRotatesKeys() throws Exception {
        String alice = server.signUp("alice");
        String before = signer();
        for (String method : new String[] {"GET /signing-keys", "POST /signing-keys/rotate"}) {
            String[] parts = method.split(" ", -1);
            assertThat(server.send(parts[0], parts[1], null, null).status()).isEqualTo(401);
            assertThat(server.send(parts[0], parts[1], basic("admin", "wrong"), null)
                            .status())
                    .isEqualTo(401);
            assertThat(server.send(parts[0], parts[1], alice, null).status()).isEqualTo(403);
            assertThat(server.send(parts[0], parts[1], service("@notifier"), null)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(signer()).isEqualTo(before);
    }

    @Test
    void anotherAuthorityIsAnnouncedFirstAndSignsOnceTheRegistryHasBeenRestarted() throws Exception {
        String before = signer();
        var authority = Map.of("authority", true);
        var restarted = Map.of("authority", true, "registry_restarted", true);
        assertThat(server.send("POST", "/signing-keys/rotate", admin(), restarted)
                        .status())
                .isEqualTo(409);
        assertThat(certificates()).isEqualTo(2);

        assertThat(server.send("POST", "/signing-keys/rotate", admin(), authority)
                        .status())
                .isEqualTo(202);
        assertThat(signer()).isEqualTo(before);
        assertThat(certificates()).isEqualTo(3);

        assertThat(server.send("POST", "/signing-keys/rotate", admin(), restarted)
                        .status())
                .isEqualTo(200);
        assertThat(signer()).isNotEqualTo(before);
        // The two signers and the next authority; the old one is gone.
        assertThat(certificates()).isEqualTo(3);
    }

    @Test
    void theRegistryIsRestartedBeforeAnythingIsSignedBelowAnotherAuthority() throws Exception {
        String before = signer();
        var during = new ArrayList<String>();
        server.auth().onNewAuthority(() -> {
            try {
                during.add(signer());
                during.add(Files.readString(server.auth().certificateBundle()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        Reply rotated = server.send("POST", "/signing-keys/rotate", admin(), Map.of("authority", true));

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(during).hasSize(4).first().isEqualTo(before);
        assertThat(during.get(2)).isEqualTo(signer());
        assertThat(during.getLast())
                .isNotEqualTo(during.get(1))
                .isEqualTo(server.get("/certificates", null).body());
    }

    @Test
    void whatIsToBeDroppedNeedsAnotherAuthority() throws Exception {
        String before = signer();

        Reply refused = rotate(Map.of("drop_old", true));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).contains("send \"authority\": true, too");
        assertThat(signer()).isEqualTo(before);
    }

    @Test
    void aKeyThatLeakedIsPublishedNoLongerAndWhatItSignedIsRefused() throws Exception {
        String before = signer();
        Reply credential =
                server.send("POST", "/pull-credentials", service("@notifier"), Map.of("repository", "hello"));
        rotate(Map.of());
        var drop = Map.of("authority", true, "drop_old", true);
        assertThat(rotate(drop).status()).isEqualTo(202);
        // So far nothing is dropped.
        assertThat(pull(credential).status()).isEqualTo(200);

        Reply dropped = rotate(Map.of("authority", true, "drop_old", true, "registry_restarted", true));

        // The registry has to be restarted once more, which is not done here.
        assertThat(dropped.status()).isEqualTo(202);
        assertThat(dropped.json()).hasSize(1);
        assertThat(certificates()).isEqualTo(2);
        assertThat(server.get("/certificates", null).body().replaceAll("\\s", ""))
                .contains(signer())
                .doesNotContain(before);
        assertThat(Files.readString(server.auth().certificateBundle()))
                .isEqualTo(server.get("/certificates", null).body());
        assertThat(pull(credential).status()).isEqualTo(401);
        assertThat(audited()).contains("authority, old dropped, registry to be restarted");
    }

    @Test
    void aRegistryThatDoesNotStartWithTheNextAuthorityLeavesTheOldKeySigning() throws Exception {
        String before = signer();
        var failing = new AtomicBoolean(true);
        server.auth().onNewAuthority(() -> failIf(failing.get()));

        Reply failed = rotate(Map.of("authority", true, "drop_old", true));

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.text("detail"))
                .contains("is announced", "the old key signs on", "call this again")
                .doesNotContain("port 5000");
        assertThat(signer()).isEqualTo(before);
        assertThat(certificates()).isEqualTo(3);
        assertThat(audited()).contains("authority announced, registry not restarted");

        failing.set(false);
        Reply done = rotate(Map.of("authority", true, "drop_old", true));
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json()).hasSize(1);
        assertThat(certificates()).isEqualTo(2);
        assertThat(signer()).isNotEqualTo(before);
    }

    @Test
    void aRegistryThatDoesNotStartAfterTheSwitchIsRestartedByTheNextCallWhichRotatesNothing() throws Exception {
        var restarts = new AtomicInteger();
        var failing = new AtomicInteger(2);
        server.auth().onNewAuthority(() -> failIf(restarts.incrementAndGet() == failing.get()));

        Reply failed = rotate(Map.of("authority", true));

        String after = signer();
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.text("detail")).contains("the next authority's key signs", "rotates nothing");
        assertThat(audited()).contains("authority, registry not restarted");

        assertThat(rotate(Map.of("authority", true)).status()).isEqualTo(200);
        assertThat(restarts).hasValue(3);
        assertThat(signer()).isEqualTo(after);

        // Nothing is left over: the next one is another rotation.
        assertThat(rotate(Map.of("authority", true)).status()).isEqualTo(200);
        assertThat(restarts).hasValue(5);
        assertThat(signer()).isNotEqualTo(after);
    }

    @Test
    void aSwitchThatDroppedNothingIsNotTakenForOneThatDoes() throws Exception {
        String before = signer();
        var restarts = new AtomicInteger();
        server.auth().onNewAuthority(() -> failIf(restarts.incrementAndGet() == 2));
        assertThat(rotate(Map.of("authority", true)).status()).isEqualTo(503);

        Reply dropped = rotate(Map.of("authority", true, "drop_old", true));

        assertThat(dropped.status()).isEqualTo(200);
        assertThat(dropped.json()).hasSize(1);
        assertThat(restarts).hasValue(4);
        assertThat(server.get("/certificates", null).body().replaceAll("\\s", ""))
                .doesNotContain(before);
    }

    @Test
    void aKeyThatCannotBeWrittenIsToldAndTheOldOneSignsOn() throws Exception {
        String before = signer();
        // A directory in the way of the temporary file fails for root too.
        Files.createDirectories(data.resolve("certs/retired-signing.pem.tmp/full"));

        Reply refused = server.send("POST", "/signing-keys/rotate", admin(), null);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("detail")).contains("the old one signs on").doesNotContain(data.toString());
        assertThat(signer()).isEqualTo(before);
    }

    private static void failIf(boolean failing) {
        if (failing) {
            throw new IllegalStateException("the registry does not answer at port 5000");
        }
    }

    private Reply rotate(Map<String, Boolean> how) {
        return server.send("POST", "/signing-keys/rotate", admin(), how);
    }

    private Reply pull(Reply credential) {
        return server.get(
                "/token?service=localhost&scope=repository:hello:pull", basic("@pull", credential.text("password")));
    }

    private String audited() {
        return server.get("/audit?resource=signing-keys", admin()).body();
    }

    private long certificates() {
        return server.get("/certificates", null)
                .body()
                .lines()
                .filter(line -> line.contains("BEGIN CERTIFICATE"))
                .count();
    }

    private String signer() throws Exception {
        return SignedJWT.parse(
                        server.get("/token?scope=repository:hello:pull", null).text("token"))
                .getHeader()
                .getX509CertChain()
                .getFirst()
                .toString();
    }
}
