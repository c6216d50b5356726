package dev.rac.registryauth.claim;

import dev.rac.registryauth.scope.RepositoryPattern;
import java.time.Instant;

/**
 * A user's ownership of a repository or a namespace.
 *
 * @param isPublic whether everybody may pull
 */
public record Claim(RepositoryPattern pattern, String owner, boolean isPublic, Instant createdAt) {}
