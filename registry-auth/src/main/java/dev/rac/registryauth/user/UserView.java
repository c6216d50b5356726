package dev.rac.registryauth.user;

import java.time.Instant;
import java.util.Locale;

/**
 * A user as clients see one.
 *
 * @param disabled by an administrator, or gone from the htpasswd file
 * @param origin {@code own} or {@code htpasswd}
 */
record UserView(String name, boolean administrator, boolean disabled, String origin, Instant createdAt) {
    static UserView of(Account account) {
        return new UserView(
                account.name(),
                account.administrator(),
                !account.enabled(),
                account.origin().name().toLowerCase(Locale.ROOT),
                account.createdAt());
    }
}
