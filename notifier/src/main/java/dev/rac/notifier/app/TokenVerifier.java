package dev.rac.notifier.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens that registry-auth signs (RFC 7515, RFC 7519; Distribution, "Token Authentication
 * Implementation"). Thread-safe.
 */
final class TokenVerifier {
    private static final String ISSUER = "rac";
    // The registry's own leeway.
    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final int MAX_LENGTH = 65_536;

    private final Certificates certificates;
    private final String audience;
    private final Clock clock;

    TokenVerifier(Certificates certificates, String audience, Clock clock) {
        this.certificates = certificates;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * What a token says.
     *
     * @param user whom it was given, empty for anonymous
     * @param grants what it allows with apps, by repository
     */
    record Verified(Optional<String> user, Map<String, Set<String>> grants) {}

    /**
     * Reads a token.
     *
     * @throws InvalidTokenException if it is not registry-auth's, not for here, or not valid now
     */
    Verified verify(String token) throws InvalidTokenException {
        if (token.length() > MAX_LENGTH) {
            throw new InvalidTokenException("the token is too long");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            PublicKey key = key(jwt.getHeader());
            if (!jwt.verify(verifier(jwt.getHeader().getAlgorithm(), key))) {
                throw new InvalidTokenException("the token's signature is wrong");
            }
            JWTClaimsSet claims = valid(jwt.getJWTClaimsSet());
            return new Verified(
                    Optional.ofNullable(claims.getSubject()).filter(user -> !user.isEmpty()), grants(claims));
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidTokenException("the token cannot be read");
        }
    }

    private PublicKey key(JWSHeader header) throws InvalidTokenException {
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new InvalidTokenException("the token has critical parameters that are not known here");
        }
        if (header.getX509CertChain() == null || header.getX509CertChain().isEmpty()) {
            throw new InvalidTokenException("the token names no certificate");
        }
        X509Certificate leaf =
                X509CertUtils.parse(header.getX509CertChain().getFirst().decode());
        if (leaf == null || !certificates.trusts(leaf)) {
            throw new InvalidTokenException("the token's certificate is not trusted");
        }
        return leaf.getPublicKey();
    }

    private static JWSVerifier verifier(JWSAlgorithm algorithm, PublicKey key)
            throws JOSEException, InvalidTokenException {
        if (algorithm.equals(JWSAlgorithm.ES256) && key instanceof ECPublicKey ec) {
            return new ECDSAVerifier(ec);
        }
        if (algorithm.equals(JWSAlgorithm.RS256) && key instanceof RSAPublicKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        throw new InvalidTokenException("the token is signed with neither ES256 nor RS256");
    }

    private JWTClaimsSet valid(JWTClaimsSet claims) throws InvalidTokenException {
        Instant now = clock.instant();
        if (!ISSUER.equals(claims.getIssuer())) {
            throw new InvalidTokenException("the token's issuer is not " + ISSUER);
        }
        if (!claims.getAudience().contains(audience)) {
            throw new InvalidTokenException("the token is not for " + audience);
        }
        Date expires = claims.getExpirationTime();
        if (expires == null || now.isAfter(expires.toInstant().plus(LEEWAY))) {
            throw new InvalidTokenException("the token has expired");
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(LEEWAY))) {
            throw new InvalidTokenException("the token is not valid yet");
        }
        return claims;
    }

    // "access": [{"type": "app", "name": "alice/hello", "actions": ["read", "write"]}]
    private static Map<String, Set<String>> grants(JWTClaimsSet claims) {
        var grants = new HashMap<String, Set<String>>();
        if (claims.getClaim("access") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> grant
                        && "app".equals(grant.get("type"))
                        && grant.get("name") instanceof String name) {
                    grants.computeIfAbsent(name, key -> new HashSet<>()).addAll(texts(grant.get("actions")));
                }
            }
        }
        return grants;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
