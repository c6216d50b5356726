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
    void aKeyThatCannotBeWrittenIsToldAndTheOldOneSignsOn() throws Exception {
        String before = signer();
        // A directory in the way of the temporary file fails for root too.
        Files.createDirectories(data.resolve("certs/retired-signing.pem.tmp/full"));

        Reply refused = server.send("POST", "/signing-keys/rotate", admin(), null);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("detail")).contains("the old one signs on").doesNotContain(data.toString());
        assertThat(signer()).isEqualTo(before);
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
