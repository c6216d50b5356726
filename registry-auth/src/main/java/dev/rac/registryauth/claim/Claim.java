package dev.rac.registryauth.claim;

import dev.rac.registryauth.scope.RepositoryName;
import java.time.Instant;

/** A user's ownership of a repository. */
public record Claim(RepositoryName repository, String owner, Instant createdAt) {}
