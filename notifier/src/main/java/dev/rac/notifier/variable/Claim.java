package dev.rac.notifier.variable;

import java.util.Set;

/**
 * Under whose claim a repository is now. Its owner's name tells nothing: a repository can be released, claimed by
 * somebody else and given back, and a name be another person's one day.
 *
 * @param since when the claim that decides began, as registry-auth says it; handed over, it is still the same claim
 * @param all the same of every claim of that owner on the repository or a namespace around it, this one among them
 */
public record Claim(String since, Set<String> all) {
    public Claim {
        all = Set.copyOf(all);
    }

    /** Whether what was done under a claim that began then was its owner's own doing, or was given to them since. */
    boolean continues(String earlier) {
        return all.contains(earlier);
    }
}
