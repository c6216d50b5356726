package dev.rac.notifier.variable;

import dev.rac.service.secret.SecretException;
import dev.rac.service.secret.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts variables with AES-256-GCM (NIST SP 800-38D), each under a nonce of its own; what is encrypted opens only as
 * the same variable of the same repository. Thread-safe.
 */
public final class EnvironmentKey {
    /** Why values do not open, and what to do. */
    static final String LOST = "what is in env.key is not the key that they were set under, which whoever runs RAC may"
            + " have in a backup";

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_DIGITS = 16;

    private final SecretKeySpec key;
    private final String id;
    private final SecureRandom random;

    private EnvironmentKey(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.id = id(key);
        this.random = random;
    }

    /**
     * The key in a file; where there is none, a new one.
     *
     * @throws SecretException if the file is damaged, or cannot be read or written
     */
    public static EnvironmentKey open(Path file, SecureRandom random) {
        String text = SecretFile.readOrCreate(file);
        if (!KEY.matcher(text).matches()) {
            throw new SecretException(file + " holds no key, which is 64 hexadecimal digits: restore it from a backup,"
                    + " or delete it to have a new one made; then all variables of all apps have to be set again");
        }
        return new EnvironmentKey(HexFormat.of().parseHex(text), random);
    }

    /** Tells this key apart from others, and gives nothing of it away. */
    String id() {
        return id;
    }

    /** Encrypts a value; what comes is Base64 of at most a third more bytes. */
    String seal(String repository, String name, String value) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, repository, name)
                    .doFinal(value.getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
            return Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /** Decrypts a value; empty if it was encrypted with another key, for another variable, or was changed since. */
    Optional<String> open(String repository, String name, String sealed) {
        try {
            byte[] both = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            byte[] value = cipher(Cipher.DECRYPT_MODE, nonce, repository, name)
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return Optional.of(new String(value, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String repository, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        // Neither has a NUL in it.
        cipher.updateAAD((repository + '\0' + name).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String id(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] hash = mac.doFinal("rac env.key id".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
