package dev.rac.notifier.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of content (OCI Image Specification, "Digests"). */
final class Digests {
    private Digests() {}

    /** Whether {@code content} has this digest, {@code sha256:…} or {@code sha512:…}. */
    static boolean match(byte[] content, String digest) {
        String algorithm = digest.startsWith("sha512:") ? "SHA-512" : "SHA-256";
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(content);
            return digest.endsWith(":" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
