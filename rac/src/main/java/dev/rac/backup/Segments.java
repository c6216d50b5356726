package dev.rac.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over a stream of any length: segments of 64 KiB, each with its number and whether it is the last in its
 * nonce, so that none can be changed, moved or left out (the STREAM construction). The key comes from a password and a
 * salt that no other file has.
 *
 * <p>A file: {@link #MAGIC}, 16 bytes of salt, the segments, each followed by its tag of 16 bytes.
 */
final class Segments {
    static final byte[] MAGIC = "RAC backup 1\n".getBytes(StandardCharsets.US_ASCII);
    static final int SALT_BYTES = 16;
    static final int SEGMENT_BYTES = 1 << 16;
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;
    private static final int KEY_BITS = 256;
    // OWASP's advice for PBKDF2 with this hash.
    private static final int ROUNDS = 600_000;

    private final SecretKey key;
    private int number;

    Segments(String password, byte[] salt) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, KEY_BITS);
        try {
            var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            key = new SecretKeySpec(factory.generateSecret(spec).getEncoded(), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    byte[] seal(byte[] content, int length, boolean last) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, last).doFinal(content, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt", e);
        }
    }

    /**
     * Opens the next segment.
     *
     * @throws BackupException if it was sealed with another key, is not whole, or is not the next one
     */
    byte[] open(byte[] sealed, int length, boolean last) {
        try {
            return cipher(Cipher.DECRYPT_MODE, last).doFinal(sealed, 0, length);
        } catch (AEADBadTagException e) {
            throw new BackupException(
                    number == 1
                            ? "the backup cannot be decrypted: RAC_BACKUP_PASSWORD is not the one that it was made with,"
                                    + " or the backup is damaged"
                            : "the backup is damaged: restore another one",
                    e);
        } catch (GeneralSecurityException e) {
            throw new BackupException("the backup is not whole: restore another one", e);
        }
    }

    private Cipher cipher(int mode, boolean last) throws GeneralSecurityException {
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
        nonce.putInt(NONCE_BYTES - Integer.BYTES - 1, number);
        nonce.put(NONCE_BYTES - 1, (byte) (last ? 1 : 0));
        number = Math.incrementExact(number);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce.array()));
        return cipher;
    }

    /** Reads {@link #MAGIC} and the salt. */
    static byte[] readSalt(InputStream in) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        byte[] salt = in.readNBytes(SALT_BYTES);
        if (!Arrays.equals(magic, MAGIC) || salt.length != SALT_BYTES) {
            throw new BackupException("this is no backup of RAC, or one of a newer version");
        }
        return salt;
    }
}
