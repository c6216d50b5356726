package dev.rac.registryauth.claim;

import java.util.Locale;
import java.util.Optional;

/** What a member of a claim may do; each role may do what those before it may. */
public enum Role {
    /** Pulls, and sees the app. */
    READER,
    /** Pushes, and changes the app. */
    WRITER,
    /** Deletes from the registry, and manages members and visibility. */
    ADMIN;

    /** The role of a name as {@link #toString} writes it. */
    public static Optional<Role> parse(String text) {
        return switch (text) {
            case "reader" -> Optional.of(READER);
            case "writer" -> Optional.of(WRITER);
            case "admin" -> Optional.of(ADMIN);
            default -> Optional.empty();
        };
    }

    /** Lower case, as in the API and in the database. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
