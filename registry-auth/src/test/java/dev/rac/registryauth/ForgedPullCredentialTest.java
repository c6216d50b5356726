package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords of {@code @pull} that are not ours. */
class ForgedPullCredentialTest {
    private static final JOSEObjectType TYPE = new JOSEObjectType("rac-pull+jwt");

    private static AuthServer server;
    private static Identity ours;
    private static Identity foreign;
    private static Identity foreignRsa;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AuthServer.start(data);
        ours = identity(data.resolve("certs"), KeyAlgorithm.ES256);
        foreign = identity(data.resolve("foreign"), KeyAlgorithm.ES256);
        foreignRsa = identity(data.resolve("foreign-rsa"), KeyAlgorithm.RS256);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void oneMadeHereAsTheServerMakesItIsAccepted() throws Exception {
        // Otherwise the refusals below would prove nothing.
        assertThat(login(sign(es256().build(), signer(ours)))).isEqualTo(200);
        assertThat(login(signedAnew("{\"alg\":\"ES256\",\"typ\":\"rac-pull+jwt\"}")))
                .isEqualTo(200);
    }

    @Test
    void noSignatureIsRefused() throws Exception {
        var none = new PlainHeader.Builder().type(TYPE).build();
        String genuine = sign(es256().build(), signer(ours));

        assertThat(login(new PlainJWT(none, claims()).serialize())).isEqualTo(401);
        assertThat(login(signedAnew("{\"alg\":\"none\",\"typ\":\"rac-pull+jwt\"}")))
                .isEqualTo(401);
        assertThat(login(genuine.substring(0, genuine.lastIndexOf('.') + 1))).isEqualTo(401);
    }

    @Test
    void ourPublicKeyAsASecretIsRefused() throws Exception {
        byte[] pem = Files.readAllBytes(server.auth().certificateBundle());
        byte[] certificate = ours.certificate().getEncoded();
        byte[] key = ours.certificate().getPublicKey().getEncoded();
        for (byte[] secret : List.of(pem, certificate, key)) {
            var hs256 = new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build();
            assertThat(login(sign(hs256, new MACSigner(secret)))).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES384", "ES256K", "HS256", "EdDSA", "es256", "x", ""})
    void anAlgorithmThatIsNotTheKeysIsRefused(String algorithm) throws Exception {
        assertThat(login(signedAnew("{\"alg\":\"" + algorithm + "\",\"typ\":\"rac-pull+jwt\"}")))
                .isEqualTo(401);
    }

    @Test
    void anotherKeyIsRefusedHoweverTheTokenShowsIt() throws Exception {
        var jwk = new ECKey.Builder(
                        Curve.P_256, (ECPublicKey) foreign.certificate().getPublicKey())
                .build();
        List<UnaryOperator<JWSHeader.Builder>> shown = List.of(
                header -> header,
                header -> header.jwk(jwk),
                header -> header.x509CertChain(chain(foreign)),
                header -> header.x509CertChain(chain(ours)),
                header -> header.jwk(jwk).x509CertChain(chain(ours)));
        for (var how : shown) {
            assertThat(login(sign(how.apply(es256()).build(), signer(foreign)))).isEqualTo(401);
        }
        var rs256 = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(TYPE)
                .x509CertChain(chain(foreignRsa))
                .build();
        assertThat(login(sign(rs256, new RSASSASigner(foreignRsa.privateKey()))))
                .isEqualTo(401);
    }

    @Test
    void whatMustBeUnderstoodAndIsNotIsRefused() throws Exception {
        var critical = es256().criticalParams(Set.of("x")).customParam("x", 1).build();

        assertThat(login(sign(critical, signer(ours)))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"ES256\"}",
                "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"ES256\",\"typ\":5}",
                "{\"alg\":\"ES256\",\"typ\":\"rac-pull+jwt\",\"b64\":false}",
                "{\"alg\":\"ES256\",\"typ\":\"rac-pull+jwt\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"ES256\",\"typ\":\"rac-pull+jwt\",\"jwk\":{\"kty\":\"EC\"}}",
                "{\"typ\":\"rac-pull+jwt\"}",
                "{}",
                "[]",
                ""
            })
    void anotherHeaderIsAWrongPassword(String header) throws Exception {
        assertThat(login(signedAnew(header))).isEqualTo(401);
    }

    private static int login(String password) {
        return server.get("/token?scope=repository:hello:pull", basic("@pull", password))
                .status();
    }

    /** Signed with our key, whatever the header says. */
    private static String signedAnew(String header) throws Exception {
        String content = Base64URL.encode(header) + "." + Base64URL.encode(claims().toString());
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(ours.privateKey());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64URL.encode(signature.sign());
    }

    private static String sign(JWSHeader header, JWSSigner signer) throws Exception {
        var token = new SignedJWT(header, claims());
        token.sign(signer);
        return token.serialize();
    }

    private static JWSHeader.Builder es256() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE);
    }

    private static JWSSigner signer(Identity identity) throws Exception {
        return new ECDSASigner(identity.privateKey(), Curve.P_256);
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer("rac")
                .audience("localhost/pull-credentials")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofDays(1))))
                .claim("repository", "hello")
                .build();
    }

    private static List<Base64> chain(Identity identity) {
        return identity.certificates().stream()
                .map(certificate -> {
                    try {
                        return Base64.encode(certificate.getEncoded());
                    } catch (CertificateEncodingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static Identity identity(Path directory, KeyAlgorithm algorithm) {
        return SigningCertificates.open(directory, algorithm, Clock.systemUTC(), new SecureRandom())
                .current();
    }
}
