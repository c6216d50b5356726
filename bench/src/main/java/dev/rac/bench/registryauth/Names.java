package dev.rac.bench.registryauth;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The users and repositories that the database is filled with and that requests are about. */
final class Names {
    /** Of every user. */
    static final String PASSWORD = "bench-password";

    /** How many repositories the owner of any claims. */
    static final int CLAIMS_PER_OWNER = 10;

    private Names() {}

    static String user(int number) {
        return String.format(Locale.ROOT, "user%06d", number);
    }

    /** Repositories of a user; the first {@link #CLAIMS_PER_OWNER} of an owner's are claimed. */
    static List<String> repositories(String user, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> user + "/repo" + number)
                .toList();
    }
}
