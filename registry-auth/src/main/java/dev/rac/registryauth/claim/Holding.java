package dev.rac.registryauth.claim;

import java.util.Optional;

/**
 * Who holds a repository, as far as it decides what one caller may do.
 *
 * @param isPublic whether everybody may pull
 * @param role the caller's own; empty for the owner, strangers and callers without an account
 */
public record Holding(String owner, boolean isPublic, Optional<Role> role) {}
