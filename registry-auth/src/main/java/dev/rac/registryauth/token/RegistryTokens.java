package dev.rac.registryauth.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.rac.registryauth.scope.ResourceScope;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Makes the tokens that the registry and the notifier believe (Distribution's "Token Authentication"). Thread-safe. */
public final class RegistryTokens {
    /** Who signs, the claim {@code iss}. */
    public static final String ISSUER = "rac";

    // The registry's clock may be a little behind ours; it allows for a minute itself.
    private static final Duration VALID_BEFORE = Duration.ofSeconds(10);
    private static final int ID_BYTES = 16;

    private final TokenSigner signer;
    private final String audience;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * Prepares the tokens.
     *
     * @param audience the service that takes them, the claim {@code aud}
     */
    public RegistryTokens(TokenSigner signer, String audience, Duration lifetime, Clock clock, SecureRandom random) {
        this.signer = signer;
        this.audience = audience;
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    /** A signed token. */
    public record RegistryToken(String text, Instant issuedAt, Duration lifetime) {}

    /**
     * Makes a token.
     *
     * @param subject the user's name, empty for anonymous
     * @param granted what it allows
     */
    public RegistryToken issue(String subject, List<ResourceScope> granted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(subject)
                // One audience is written as a string, which Distribution before 3.0 insists on.
                .audience(audience)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now.minus(VALID_BEFORE)))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(id())
                .claim("access", granted.stream().map(RegistryTokens::access).toList())
                .build();
        return new RegistryToken(signer.sign(JOSEObjectType.JWT, claims), now, lifetime);
    }

    private static Map<String, Object> access(ResourceScope scope) {
        return Map.of("type", scope.type(), "name", scope.name(), "actions", scope.actions());
    }

    private String id() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
