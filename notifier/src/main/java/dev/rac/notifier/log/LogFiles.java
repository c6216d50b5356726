package dev.rac.notifier.log;

import dev.rac.notifier.image.Digests;
import dev.rac.targets.App;
import dev.rac.targets.LogLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The two files of an app's lines, of which the older one goes when the newer one is full. A line is its time, a space
 * and its text. Not thread-safe.
 */
final class LogFiles {
    private static final long MAX_BYTES = 1 << 20;
    private static final int REPOSITORY_DIGITS = 16;

    private final Path newer;
    private final Path older;
    private long newerBytes;

    /** Those in a directory, which need not be there yet. */
    LogFiles(Path directory, App app) {
        String name = name(app);
        newer = directory.resolve(name);
        older = directory.resolve(name + ".1");
        newerBytes = sizeOf(newer);
    }

    /** A name that no other repository's app has, should it get the same host one day. */
    static String name(App app) {
        String digest = Digests.sha256(app.repository());
        return app.name() + "." + digest.substring(0, REPOSITORY_DIGITS) + ".log";
    }

    void append(LogLine line) {
        byte[] text = (line.at() + " " + oneLine(line.text()) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (newerBytes + text.length > MAX_BYTES) {
                Files.move(newer, older, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                newerBytes = 0;
            }
            if (newerBytes == 0) {
                create();
            }
            try (OutputStream out = Files.newOutputStream(newer, StandardOpenOption.APPEND)) {
                out.write(text);
            }
            newerBytes += text.length;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a line of " + newer, e);
        }
    }

    /** The last lines, the oldest first. */
    List<LogLine> last(int count) {
        Deque<LogLine> lines = new ArrayDeque<>();
        for (Path file : List.of(older, newer)) {
            for (String line : read(file)) {
                parse(line).ifPresent(lines::add);
                if (lines.size() > count) {
                    lines.removeFirst();
                }
            }
        }
        return new ArrayList<>(lines);
    }

    private void create() throws IOException {
        if (!Files.exists(newer)) {
            Files.createDirectories(newer.getParent());
            // What an app writes may be anything: it is for who may read the app.
            Files.createFile(newer, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static List<String> read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    // The last line may be cut off, where the process was killed or the disk was full.
    private static Optional<LogLine> parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogLine(Instant.parse(line.substring(0, space)), line.substring(space + 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ').replace('\0', ' ');
    }

    private static long sizeOf(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(newer);
            Files.deleteIfExists(older);
            newerBytes = 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + newer, e);
        }
    }
}
