package dev.rac.registryauth.audit;

import java.time.Instant;

/**
 * What is kept of equal events within a minute.
 *
 * @param id grows with {@code firstAt}
 * @param firstAt when the first of them was
 * @param lastAt when the last of them was
 * @param count how many they were
 * @param actor and the rest, see {@link AuditEvent}
 */
public record AuditEntry(
        String id,
        Instant firstAt,
        Instant lastAt,
        long count,
        String actor,
        String action,
        String resource,
        String source,
        boolean allowed,
        String detail) {}
