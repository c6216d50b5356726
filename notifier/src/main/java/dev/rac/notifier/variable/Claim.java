package dev.rac.notifier.variable;

/**
 * Whose a repository is, by its own claim or that of a namespace around it.
 *
 * @param since when it was claimed, as registry-auth says it; a claim that is handed over keeps it
 */
public record Claim(String owner, String since) {
    /** Whether what was done under the other one is this owner's business: it was theirs, or was given to them. */
    boolean continues(Claim other) {
        return owner.equals(other.owner) || since.equals(other.since);
    }
}
