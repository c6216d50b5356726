package dev.rac.registryauth.access;

import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.scope.ResourceScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an access token: all but its text.
 *
 * @param user whose it is
 * @param name what its user calls it
 * @param repositories what it is good for; it matches one of them
 * @param actions what it is good for there
 * @param expiresAt when it ends; null for never
 * @param lastUsedAt a minute and some seconds old at most; null if it was never used
 * @param lastUsedFrom the client's IP address then
 */
public record AccessToken(
        String id,
        String user,
        String name,
        List<RepositoryPattern> repositories,
        List<String> actions,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom) {

    /** What remains of a grant to the user when it is this token that they came with. */
    public ResourceScope limit(ResourceScope granted) {
        boolean covered = granted.repository()
                .filter(name -> repositories.stream().anyMatch(pattern -> pattern.covers(name)))
                .isPresent();
        return granted.with(
                covered ? granted.actions().stream().filter(actions::contains).toList() : List.of());
    }

    boolean expired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
