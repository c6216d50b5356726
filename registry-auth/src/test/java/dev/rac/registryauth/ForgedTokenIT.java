package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.rac.certs.Identity;
import dev.rac.certs.KeyAlgorithm;
import dev.rac.certs.SigningCertificates;
import dev.rac.certs.TlsCertificates;
import dev.rac.registryauth.token.KeyIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are not ours, or say what they may not, at the real registry. */
@EnabledIf("dev.rac.registryauth.Registry#isInstalled")
class ForgedTokenIT {
    private static AuthServer auth;
    private static Registry registry;
    private static Identity ours;
    private static Identity foreign;
    private static Identity tls;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        auth = AuthServer.start(directory.resolve("data"));
        registry = Registry.start(directory, auth);
        var random = new SecureRandom();
        ours = SigningCertificates.open(directory.resolve("data/certs"), KeyAlgorithm.ES256, Clock.systemUTC(), random)
                .current();
        foreign = SigningCertificates.open(directory.resolve("foreign"), KeyAlgorithm.ES256, Clock.systemUTC(), random)
                .current();
        tls = TlsCertificates.open(directory.resolve("data/certs"), List.of("rac.test"), Clock.systemUTC(), random)
                .current();
    }

    @AfterAll
    static void stop() {
        registry.close();
        auth.close();
    }

    @Test
    void aTokenMadeHereAsTheServerMakesItIsAccepted() throws Exception {
        // Otherwise the refusals below would prove nothing.
        assertThat(push(signed(ours, ours, claims -> {}))).isEqualTo(201);
        assertThat(push(signed(ours, ours, claims -> claims.expirationTime(in(Duration.ofSeconds(-30))))))
                .isEqualTo(201);
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        assertThat(push(signed(foreign, foreign, claims -> {}))).isEqualTo(401);
        assertThat(push(signed(foreign, ours, claims -> {}))).isEqualTo(401);
        // The authority of TLS leaves is not one of tokens.
        assertThat(push(signed(tls, tls, claims -> {}))).isEqualTo(401);
    }

    @Test
    void aKeyThatTheTokenBringsItselfIsRefusedUnderATrustedKeysId() throws Exception {
        // Distribution 3.0 before rc.3 asked whether it knows a key of that id, and took the token's (CVE-2025-24976).
        var brought = new ECKey.Builder(
                Curve.P_256, (ECPublicKey) foreign.certificate().getPublicKey());
        for (String id : trustedIds()) {
            ECKey named = brought.keyID(id).build();
            ECKey nameless = brought.keyID(null).build();
            for (var header : List.of(
                    es256().jwk(named),
                    es256().jwk(named).keyID(id),
                    es256().jwk(nameless).keyID(id),
                    es256().keyID(id))) {
                assertThat(push(signed(foreign, header.build()))).as(id).isEqualTo(401);
            }
        }
    }

    @Test
    void theRegistryKnowsOurKeyByOneOfItsIds() throws Exception {
        // Otherwise the ids in the test above would prove nothing.
        int libtrust =
                push(signed(ours, es256().keyID(id(ours, KeyIds.LIBTRUST)).build()));
        int thumbprint =
                push(signed(ours, es256().keyID(id(ours, KeyIds.RFC7638)).build()));
        assertThat(List.of(libtrust, thumbprint)).contains(201);
    }

    @Test
    void noSignatureOrTheCertificateAsASecretIsRefused() throws Exception {
        JWTClaimsSet claims = validClaims().build();
        var hs256 = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .x509CertChain(chain(ours))
                .build();
        String genuine = signed(ours, ours, change -> {});

        assertThat(push(new PlainJWT(claims).serialize())).isEqualTo(401);
        assertThat(push(sign(
                        hs256, new MACSigner(ours.certificate().getPublicKey().getEncoded()), claims)))
                .isEqualTo(401);
        assertThat(push(genuine.substring(0, genuine.lastIndexOf('.') + 1))).isEqualTo(401);
    }

    @Test
    void anAlgorithmThatIsNotTheKeysIsRefused() throws Exception {
        String[] parts = signed(ours, ours, change -> {}).split("\\.", -1);
        String header = new Base64URL(parts[0]).decodeToString();
        assertThat(push(signedAnew(header, parts[1]))).isEqualTo(201);
        for (String algorithm : List.of("ES999", "none", "RS256", "es256", "")) {
            assertThat(push(signedAnew(header.replace("ES256", algorithm), parts[1])))
                    .as(algorithm)
                    .isEqualTo(401);
        }
    }

    @Test
    void aCertificateThatHasExpiredIsRefused(@TempDir Path directory) throws Exception {
        // A registry that trusts it, and a key that is in order but for its time.
        var past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-800));
        Identity expired = SigningCertificates.open(
                        directory.resolve("data/certs"), KeyAlgorithm.ES256, past, new SecureRandom())
                .current();
        assertThat(expired.expiresAt()).isBefore(Instant.now());
        try (var server = AuthServer.start(directory.resolve("other"));
                var trusting = Registry.start(directory, server, directory.resolve("data/certs/registry-bundle.pem"))) {
            assertThat(trusting.push("forged", "latest", signed(expired, expired, claims -> {})))
                    .isEqualTo(401);
            Identity renewed = SigningCertificates.open(
                            directory.resolve("data/certs"), KeyAlgorithm.ES256, Clock.systemUTC(), new SecureRandom())
                    .current();
            assertThat(trusting.push("forged", "latest", signed(renewed, renewed, claims -> {})))
                    .isEqualTo(201);
        }
    }

    @Test
    void keysThatLeakedAreRefusedOnceTheyAreDroppedAndTheRegistryHasStartedAgain(@TempDir Path directory)
            throws Exception {
        try (var server = AuthServer.start(directory.resolve("data"))) {
            Path copy = Files.createDirectory(directory.resolve("copy"));
            for (String name : List.of("token-authority.pem", "signing.pem")) {
                Files.copy(directory.resolve("data/certs").resolve(name), copy.resolve(name));
            }
            var thief = SigningCertificates.open(copy, KeyAlgorithm.ES256, Clock.systemUTC(), new SecureRandom());
            Identity signer = thief.current();
            String leaked = signed(signer, signer, claims -> {});
            Identity issued = thief.rotate();
            String made = signed(issued, issued, claims -> {});
            try (var before = Registry.start(directory, server)) {
                assertThat(before.push("forged", "latest", leaked)).isEqualTo(201);
                assertThat(before.push("forged", "latest", made)).isEqualTo(201);
            }
            drop(server, false);
            try (var between = Registry.start(directory, server)) {
                drop(server, true);
                // New tokens do not wait for the second restart.
                assertThat(between.push("forged", "latest", genuine(server))).isEqualTo(201);
            }

            try (var after = Registry.start(directory, server)) {
                assertThat(after.push("forged", "latest", leaked)).isEqualTo(401);
                assertThat(after.push("forged", "latest", made)).isEqualTo(401);
                assertThat(after.push("forged", "latest", genuine(server))).isEqualTo(201);
                server.send("POST", "/signing-keys/rotate", AuthServer.admin(), null);
                assertThat(after.push("forged", "latest", genuine(server))).isEqualTo(201);
            }
        }
    }

    @Test
    void changedContentIsRefused() throws Exception {
        String[] parts = auth.get("/token?scope=repository:other:pull,push", null)
                .text("token")
                .split("\\.", -1);
        String changed = Base64URL.encode(validClaims().build().toString()).toString();

        assertThat(push(parts[0] + "." + changed + "." + parts[2])).isEqualTo(401);
    }

    @Test
    void anotherAudienceIssuerOrTimeIsRefused() throws Exception {
        assertThat(push(signed(ours, ours, claims -> claims.audience("other.test"))))
                .isEqualTo(401);
        assertThat(push(signed(ours, ours, claims -> claims.audience(List.of("localhost", "other.test")))))
                .isEqualTo(401);
        assertThat(push(signed(ours, ours, claims -> claims.issuer("other")))).isEqualTo(401);
        // The registry allows a minute of difference between the clocks.
        assertThat(push(signed(ours, ours, claims -> claims.expirationTime(in(Duration.ofSeconds(-62))))))
                .isEqualTo(401);
        assertThat(push(signed(ours, ours, claims -> claims.notBeforeTime(in(Duration.ofSeconds(58))))))
                .isEqualTo(201);
        assertThat(push(signed(ours, ours, claims -> claims.expirationTime(in(Duration.ofSeconds(-90))))))
                .isEqualTo(401);
        assertThat(push(signed(ours, ours, claims -> claims.notBeforeTime(in(Duration.ofSeconds(90))))))
                .isEqualTo(401);
    }

    private static List<String> trustedIds() throws Exception {
        var ids = new ArrayList<String>();
        try (var bundle = Files.newInputStream(auth.auth().certificateBundle())) {
            for (var trusted : CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
                for (KeyIds form : List.of(KeyIds.LIBTRUST, KeyIds.RFC7638)) {
                    ids.add(form.of(trusted.getPublicKey()).orElseThrow());
                }
            }
        }
        assertThat(ids).contains(id(ours, KeyIds.LIBTRUST), id(ours, KeyIds.RFC7638));
        return ids;
    }

    private static String id(Identity identity, KeyIds form) {
        return form.of(identity.certificate().getPublicKey()).orElseThrow();
    }

    private static JWSHeader.Builder es256() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT);
    }

    private static String signed(Identity signer, JWSHeader header) throws Exception {
        return sign(
                header,
                new ECDSASigner(signer.privateKey(), Curve.P_256),
                validClaims().build());
    }

    private static void drop(AuthServer server, boolean restarted) {
        var how = Map.of("authority", true, "drop_old", true, "registry_restarted", restarted);
        assertThat(server.send("POST", "/signing-keys/rotate", AuthServer.admin(), how)
                        .status())
                .isEqualTo(202);
    }

    private static String genuine(AuthServer server) {
        return server.get("/token?service=localhost&scope=repository:forged:pull,push", null)
                .text("token");
    }

    /** Signed with our key, whatever the header says. */
    private static String signedAnew(String header, String payload) throws Exception {
        String content = Base64URL.encode(header) + "." + payload;
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(ours.privateKey());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64URL.encode(signature.sign());
    }

    private static int push(String token) throws Exception {
        return registry.push("forged", "latest", token);
    }

    private static String signed(Identity signer, Identity shown, Consumer<JWTClaimsSet.Builder> change)
            throws Exception {
        JWTClaimsSet.Builder claims = validClaims();
        change.accept(claims);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .x509CertChain(chain(shown))
                .build();
        return sign(header, new ECDSASigner(signer.privateKey(), Curve.P_256), claims.build());
    }

    private static String sign(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) throws Exception {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static JWTClaimsSet.Builder validClaims() {
        return new JWTClaimsSet.Builder()
                .issuer("rac")
                .subject("")
                .audience("localhost")
                .issueTime(in(Duration.ZERO))
                .notBeforeTime(in(Duration.ofSeconds(-10)))
                .expirationTime(in(Duration.ofMinutes(5)))
                .jwtID("1")
                .claim(
                        "access",
                        List.of(Map.of("type", "repository", "name", "forged", "actions", List.of("pull", "push"))));
    }

    private static List<Base64> chain(Identity identity) throws Exception {
        return List.of(Base64.encode(identity.certificate().getEncoded()));
    }

    private static Date in(Duration duration) {
        return Date.from(Instant.now().plus(duration));
    }
}
