package dev.rac.registryauth.login;

import dev.rac.registryauth.user.Account;
import dev.rac.service.secret.Fingerprint;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What stands in memory for a password and all that it is checked against. Another hash or version of the account gives
 * another one. Thread-safe.
 */
final class PasswordFingerprint {
    private final Fingerprint fingerprint;

    PasswordFingerprint(SecureRandom random) {
        this.fingerprint = new Fingerprint(random);
    }

    /** The fingerprint, in hexadecimal. */
    String of(String name, String password, Optional<Account> account) {
        // No account has version 0.
        String checked = account.map(known -> known.passwordVersion() + "\n" + known.passwordHash())
                .orElse("0");
        // A name that clients send may have anything in it, so its length parts it from what follows.
        return fingerprint.of(name.length() + "\n" + name + '\n' + checked + '\n' + password);
    }
}
