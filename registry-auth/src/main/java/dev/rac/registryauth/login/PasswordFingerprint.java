package dev.rac.registryauth.login;

import dev.rac.registryauth.user.Account;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in memory for a password and all that it is checked against: an HMAC under a secret that leaves the
 * process with its end. Another hash or version of the account gives another one. Thread-safe.
 */
final class PasswordFingerprint {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    PasswordFingerprint(SecureRandom random) {
        var secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The fingerprint, in hexadecimal. */
    String of(String name, String password, Optional<Account> account) {
        // No account has version 0.
        String checked = account.map(known -> known.passwordVersion() + "\n" + known.passwordHash())
                .orElse("0");
        // A name that clients send may have anything in it, so its length parts it from what follows.
        String text = name.length() + "\n" + name + '\n' + checked + '\n' + password;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
