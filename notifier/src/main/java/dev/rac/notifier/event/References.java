package dev.rac.notifier.event;

import java.util.regex.Pattern;

/** The grammar of repositories, tags and digests (distribution/reference; OCI Distribution Specification). */
public final class References {
    private static final int MAX_REPOSITORY = 255;
    // Possessive, so that no input makes a match slow.
    private static final String COMPONENT = "[a-z0-9]++(?:(?:\\.|_{1,2}|-++)[a-z0-9]++)*+";
    private static final Pattern REPOSITORY = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

    private References() {}

    /** Whether this can name a repository: at most 255 characters such as {@code alice/hello}. */
    public static boolean isRepository(String text) {
        return text.length() <= MAX_REPOSITORY && REPOSITORY.matcher(text).matches();
    }

    /** Whether this can be a tag: at most 128 characters. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** Whether this is a digest that can be verified: SHA-256 or SHA-512. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }
}
