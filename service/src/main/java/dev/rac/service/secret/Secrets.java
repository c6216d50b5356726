package dev.rac.service.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Comparison of secrets. */
public final class Secrets {
    private Secrets() {}

    /** Whether both are equal, in a time that does not depend on where they differ. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
