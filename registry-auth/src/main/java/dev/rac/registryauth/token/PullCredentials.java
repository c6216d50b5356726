package dev.rac.registryauth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rac.certs.SigningCertificates;
import dev.rac.registryauth.scope.RepositoryName;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Passwords with which an engine pulls one repository and does nothing else. They are tokens signed by us, so that
 * none of them is stored; the registry takes none of them itself, for their audience is another one. Thread-safe.
 */
public final class PullCredentials {
    /** How long a credential is valid: far shorter than a retired signing certificate is still published. */
    static final Duration LIFETIME = Duration.ofDays(30);

    private static final JOSEObjectType TYPE = new JOSEObjectType("rac-pull+jwt");
    private static final String REPOSITORY = "repository";

    private final TokenSigner signer;
    private final SigningCertificates certificates;
    private final String audience;
    private final Clock clock;

    /**
     * Prepares the credentials.
     *
     * @param service the service whose tokens they are exchanged for
     */
    public PullCredentials(TokenSigner signer, SigningCertificates certificates, String service, Clock clock) {
        this.signer = signer;
        this.certificates = certificates;
        this.audience = service + "/pull-credentials";
        this.clock = clock;
    }

    record PullCredential(String password, Instant expiresAt) {}

    PullCredential issue(RepositoryName repository) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(LIFETIME);
        var claims = new JWTClaimsSet.Builder()
                .issuer(RegistryTokens.ISSUER)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .claim(REPOSITORY, repository.value())
                .build();
        return new PullCredential(signer.sign(TYPE, claims), expiresAt);
    }

    /** The repository that a password may pull; empty if we did not sign it, or it has expired. */
    public Optional<RepositoryName> repository(String password) {
        try {
            var token = SignedJWT.parse(password);
            if (!TYPE.equals(token.getHeader().getType()) || !signedByUs(token)) {
                return Optional.empty();
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean ours = RegistryTokens.ISSUER.equals(claims.getIssuer())
                    && claims.getAudience().equals(List.of(audience))
                    && claims.getExpirationTime() != null
                    && claims.getExpirationTime().toInstant().isAfter(clock.instant());
            return ours ? RepositoryName.parse(claims.getStringClaim(REPOSITORY)) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            // What does not parse is a wrong password, nothing more; the library does not always say so by the first
            // two.
            return Optional.empty();
        }
    }

    // The certificate in the token's header is not looked at: only our own keys count.
    private boolean signedByUs(SignedJWT token) throws JOSEException {
        for (X509Certificate certificate : certificates.signers()) {
            JWSVerifier verifier = verifier(certificate);
            if (verifier.supportedJWSAlgorithms().contains(token.getHeader().getAlgorithm())
                    && token.verify(verifier)) {
                return true;
            }
        }
        return false;
    }

    private static JWSVerifier verifier(X509Certificate certificate) throws JOSEException {
        return switch (certificate.getPublicKey()) {
            case ECPublicKey key -> new ECDSAVerifier(key);
            case RSAPublicKey key -> new RSASSAVerifier(key);
            default -> throw new IllegalStateException("no token is signed with " + certificate.getPublicKey());
        };
    }
}
