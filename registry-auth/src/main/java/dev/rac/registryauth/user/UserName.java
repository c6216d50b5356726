package dev.rac.registryauth.user;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The grammar of user names: that of one component of a repository's name, 2 to 32 characters. */
public final class UserName {
    /** What a name looks like, for messages. */
    public static final String GRAMMAR =
            "2 to 32 lower-case letters and digits, inside them one of . _ __ or dashes, such as alice";

    private static final int MIN_LENGTH = 2;
    private static final int MAX_LENGTH = 32;
    private static final Pattern PATTERN = Pattern.compile("[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+");

    // Paths of the API where other users' names stand.
    private static final Set<String> RESERVED = Set.of("me", "import", "export");

    private UserName() {}

    /** Why nobody can be given a name, or nothing. */
    public static Optional<String> problem(String name) {
        if (!valid(name)) {
            return Optional.of("a user's name has " + GRAMMAR);
        }
        return RESERVED.contains(name) ? Optional.of("the name " + name + " is reserved") : Optional.empty();
    }

    public static boolean valid(String name) {
        return name.length() >= MIN_LENGTH
                && name.length() <= MAX_LENGTH
                && PATTERN.matcher(name).matches();
    }
}
