package dev.rac.registryauth.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for a token, in the words of both protocols.
 *
 * @param token the token, for clients of the older protocol
 * @param accessToken the same token
 * @param expiresIn seconds, at least 60: clients take less for 60
 * @param scope what was granted, parted by spaces; in the OAuth2 protocol only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenResponse(
        String token,
        String accessToken,
        long expiresIn,
        Instant issuedAt,
        @Nullable String scope,
        @Nullable String refreshToken) {}
