package dev.rac.registryauth.audit;

/**
 * One thing that somebody did, or tried to do. Holds no secrets.
 *
 * @param actor the user's name, {@code @…} for a service, empty for anonymous
 * @param action what it was, in the form {@code claim.create}, {@code user.disable}, {@code token.grant}
 * @param resource what it was done to: {@code repository:alice/hello}, {@code user:bob}; empty where there is none
 * @param source the client's IP address
 * @param allowed whether it was done
 * @param detail more for people, such as the actions that were granted; may be empty
 */
public record AuditEvent(String actor, String action, String resource, String source, boolean allowed, String detail) {}
