package dev.rac.registryauth.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of an htpasswd file: {@code alice:$2y$12$…}, where bcrypt is the only kind of hash that is taken. */
public final class Htpasswd {
    private Htpasswd() {}

    /**
     * A user.
     *
     * @param line counts from 1
     */
    record Entry(int line, String name, String hash) {
        /** Never shows the hash. */
        @Override
        public String toString() {
            return line + ": " + name;
        }
    }

    /**
     * A line that is not taken.
     *
     * @param line counts from 1
     * @param name empty where it is no user's name: it could be a hash at the wrong place
     * @param reason never repeats what stands in the line
     */
    record Skipped(int line, String name, String reason) {}

    /** What was read; the first line of a name counts. */
    record Content(List<Entry> entries, List<Skipped> skipped) {}

    /** Reads lines; empty ones and those that begin with {@code #} are passed over. */
    static Content parse(String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<Skipped> skipped = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\\R", -1)) {
            number++;
            // Editors of one platform begin a file with a byte order mark.
            String line = (number == 1 && raw.startsWith("\ufeff") ? raw.substring(1) : raw).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            String hash = line.substring(colon + 1);
            Optional<String> problem = problem(colon, name, hash, entries.get(name));
            if (problem.isPresent()) {
                skipped.add(new Skipped(number, UserName.valid(name) ? name : "", problem.get()));
            } else {
                entries.put(name, new Entry(number, name, hash));
            }
        }
        return new Content(List.copyOf(entries.values()), List.copyOf(skipped));
    }

    private static Optional<String> problem(int colon, String name, String hash, @Nullable Entry earlier) {
        if (colon < 0) {
            return Optional.of("expected a name, a colon and a bcrypt hash");
        }
        if (earlier != null) {
            return Optional.of("line " + earlier.line() + " has this name already");
        }
        return UserName.problem(name).or(() -> BcryptHash.problem(hash));
    }
}
