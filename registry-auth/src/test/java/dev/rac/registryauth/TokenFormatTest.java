package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.X509CertChainUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.rac.registryauth.AuthServer.Reply;
import dev.rac.service.time.MutableClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token and the answer that brings it look like. */
class TokenFormatTest {
    private static AuthServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data, "RAC_TOKEN_LIFETIME", "90s", "RAC_DOMAIN", "rac.test");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theAnswerSaysWhatEveryClientNeeds() {
        Instant before = Instant.now().minusSeconds(1);
        Reply reply = server.get("/token?scope=repository:answer:pull,push&service=rac.test", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.json().propertyNames())
                .containsExactlyInAnyOrder("token", "access_token", "expires_in", "issued_at");
        assertThat(reply.text("access_token")).isEqualTo(reply.text("token"));
        assertThat(reply.json().path("expires_in").intValue()).isEqualTo(90);
        assertThat(reply.text("issued_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(Instant.parse(reply.text("issued_at"))).isBetween(before, Instant.now());
    }

    @Test
    void theTokenHasTheClaimsOfTheProtocol() throws Exception {
        Reply reply = server.get("/token?scope=repository:hello:pull,push", server.signUp("alice"));
        var claims = reply.claims();
        Instant issued = Instant.parse(reply.text("issued_at"));

        assertThat(claims.getIssuer()).isEqualTo("rac");
        // A string: Distribution before 3.0 takes no list.
        assertThat(claims.toPayload().toJSONObject().get("aud")).isEqualTo("rac.test");
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getIssueTime().toInstant()).isEqualTo(issued);
        assertThat(claims.getNotBeforeTime().toInstant()).isEqualTo(issued.minusSeconds(10));
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(issued.plusSeconds(90));
        assertThat(claims.getClaim("access"))
                .isEqualTo(List.of(Map.of("type", "repository", "name", "hello", "actions", List.of("pull", "push"))));
    }

    @Test
    void everyTokenHasAnotherId() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            String id = server.get("/token?scope=repository:hello" + i + ":pull", null)
                    .claims()
                    .getJWTID();
            assertThat(id).hasSize(22);
            ids.add(id);
        }
        assertThat(ids).hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256"})
    void theHeaderCarriesThePublishedCertificateAndNoKeyId(String algorithm, @TempDir Path data) throws Exception {
        try (var other = AuthServer.start(data, "RAC_TOKEN_ALGORITHM", algorithm.toLowerCase(Locale.ROOT))) {
            var token = SignedJWT.parse(
                    other.get("/token?scope=repository:hello:pull", null).text("token"));
            var header = token.getHeader();
            X509Certificate leaf =
                    X509CertChainUtils.parse(header.getX509CertChain()).getFirst();

            assertThat(header.toJSONObject().keySet()).containsExactlyInAnyOrder("alg", "typ", "x5c");
            assertThat(header.getAlgorithm().getName()).isEqualTo(algorithm);
            // Standard base64, not base64url (RFC 7515, section 4.1.6).
            assertThat(header.getX509CertChain().getFirst().toString()).isBase64();
            assertThat(token.verify(
                            leaf.getPublicKey() instanceof ECPublicKey key
                                    ? new ECDSAVerifier(key)
                                    : new RSASSAVerifier((RSAPublicKey) leaf.getPublicKey())))
                    .isTrue();

            Reply bundle = other.get("/certificates", null);
            assertThat(bundle.header("Content-Type")).startsWith("application/pem-certificate-chain");
            assertThat(Files.readString(other.auth().certificateBundle())).isEqualTo(bundle.body());
            var published = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bundle.body().getBytes(StandardCharsets.US_ASCII)));
            assertThat(published).hasSize(2).first().isEqualTo(leaf);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "es256, libtrust, ([A-Z2-7]{4}:){11}[A-Z2-7]{4}",
        "rs256, libtrust, ([A-Z2-7]{4}:){11}[A-Z2-7]{4}",
        "es256, rfc7638, [A-Za-z0-9_-]{43}",
        "rs256, rfc7638, [A-Za-z0-9_-]{43}"
    })
    void theHeaderNamesTheKeyWhereThatIsWanted(String algorithm, String kid, String form, @TempDir Path data)
            throws Exception {
        try (var other = AuthServer.start(data, "RAC_TOKEN_ALGORITHM", algorithm, "RAC_TOKEN_KID", kid)) {
            var header = SignedJWT.parse(other.get("/token?scope=repository:hello:pull", null)
                            .text("token"))
                    .getHeader();

            assertThat(header.toJSONObject().keySet()).containsExactlyInAnyOrder("alg", "typ", "kid", "x5c");
            assertThat(header.getKeyID()).matches(form);
        }
    }

    @Test
    void signsWithTheNextCertificateWithoutARestart(@TempDir Path data) throws Exception {
        var clock = new MutableClock(Instant.now());
        try (var other = AuthServer.start(data, clock)) {
            String query = "/token?scope=repository:hello:pull";
            var first = SignedJWT.parse(other.get(query, null).text("token")).getHeader();
            clock.advance(Duration.ofDays(300));
            var second = SignedJWT.parse(other.get(query, null).text("token")).getHeader();

            assertThat(second.getX509CertChain()).isNotEqualTo(first.getX509CertChain());
            // Whoever verifies finds both, and the authority.
            assertThat(other.get("/certificates", null).body().replaceAll("\\s", ""))
                    .contains(second.getX509CertChain().getFirst().toString())
                    .contains(first.getX509CertChain().getFirst().toString());
            assertThat(other.get("/readyz", null).status()).isEqualTo(200);
        }
    }
}
