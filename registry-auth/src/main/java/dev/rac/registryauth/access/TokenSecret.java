package dev.rac.registryauth.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Secrets of 256 random bits in base64url. So long ones need no slow hash: the database has their SHA-256. */
public final class TokenSecret {
    /** What every access token begins with, so that people and scanners of leaked secrets know one. */
    public static final String ACCESS_PREFIX = "rac_";

    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final Pattern ACCESS_TOKEN = Pattern.compile(ACCESS_PREFIX + "[A-Za-z0-9_-]{43}");

    private TokenSecret() {}

    public static String random(SecureRandom random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, SECRET_BYTES));
    }

    /** A name for a secret, of 16 characters, that tells nothing of it. */
    public static String id(SecureRandom random) {
        return HexFormat.of().formatHex(bytes(random, ID_BYTES));
    }

    /** In hexadecimal. */
    public static String sha256(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a text looks like an access token, which is never a password then. */
    public static boolean isAccessToken(String text) {
        return ACCESS_TOKEN.matcher(text).matches();
    }

    private static byte[] bytes(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
