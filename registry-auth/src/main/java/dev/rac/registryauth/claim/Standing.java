package dev.rac.registryauth.claim;

import dev.rac.registryauth.user.Account;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands to a claim, and with that what it may do with the claim itself.
 *
 * @param role as a member, of the claim or of a namespace around it that has the same owner
 */
record Standing(Claim claim, Account account, @Nullable Role role) {
    boolean owns() {
        return claim.owner().equals(account.name());
    }

    /** May see it. */
    boolean sees() {
        return disposes() || role != null;
    }

    /** May change members and visibility. */
    boolean manages() {
        return disposes() || role == Role.ADMIN;
    }

    /** May hand it over and release it. */
    boolean disposes() {
        return owns() || account.administrator();
    }
}
