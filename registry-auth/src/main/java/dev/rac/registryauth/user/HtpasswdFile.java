package dev.rac.registryauth.user;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An htpasswd file whose users may log in. It is read in place, and again once it has changed and then stood still for
 * {@link #INTERVAL}: what is half-written is not read. While it is missing or cannot be read, everything stays as it
 * was. A symbolic link is followed each time, as Kubernetes swaps them in a volume of a Secret. Thread-safe.
 */
public final class HtpasswdFile implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(2);

    // Some 200,000 users.
    private static final long MAX_BYTES = 16L << 20;
    private static final int MAX_WARNINGS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(HtpasswdFile.class);

    private final Path file;
    private final HtpasswdAccounts accounts;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("htpasswd").daemon().factory());

    private @Nullable Stamp seen;
    private @Nullable Stamp read;
    private List<String> warnings = List.of();
    private @Nullable Future<?> ticks;

    public HtpasswdFile(Path file, HtpasswdAccounts accounts) {
        this.file = file;
        this.accounts = accounts;
    }

    private record Stamp(
            long bytes, FileTime modified, @Nullable Object inode) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    /** Reads the file for the first time, and looks after it from then on. */
    public void start() {
        attempt(() -> {
            // Not noted as read: it may be half-written. The next look reads it once more.
            seen = Stamp.of(file);
            load();
        });
        ticks = thread.scheduleWithFixedDelay(
                this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks whether the file has changed. */
    void look() {
        attempt(() -> {
            Stamp now = Stamp.of(file);
            if (now.equals(read)) {
                return;
            }
            if (!now.equals(seen)) {
                seen = now;
                return;
            }
            if (load()) {
                read = now;
            }
        });
    }

    @Override
    public void close() {
        if (ticks != null) {
            ticks.cancel(false);
        }
        thread.close();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private synchronized void attempt(Step step) {
        try {
            step.run();
        } catch (NoSuchFileException e) {
            seen = null;
            read = null;
            warn(List.of("is not there: its users stay as they were"));
        } catch (IOException e) {
            warn(List.of("cannot be read, its users stay as they were: " + e));
        } catch (RuntimeException e) {
            // The next look tries again. The message could have a hash.
            warn(List.of("could not be taken over, its users stay as they were: "
                    + e.getClass().getName()));
        }
    }

    // False if the file changed meanwhile.
    private boolean load() throws IOException {
        Stamp before = Stamp.of(file);
        if (before.bytes() > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (!Stamp.of(file).equals(before)) {
            return false;
        }
        Htpasswd.Content content = Htpasswd.parse(text);
        List<Htpasswd.Entry> shadowed = accounts.copy(content.entries());
        List<String> found = new ArrayList<>();
        for (Htpasswd.Skipped skipped : content.skipped()) {
            String name = skipped.name().isEmpty() ? "" : " (" + skipped.name() + ")";
            found.add("line " + skipped.line() + name + ": " + skipped.reason());
        }
        for (Htpasswd.Entry entry : shadowed) {
            found.add("line " + entry.line() + ": " + entry.name() + " has an account here, which takes precedence");
        }
        warn(found);
        LOG.info("{}: {} users", file, content.entries().size() - shadowed.size());
        return true;
    }

    /** What is wrong with the file, each line of text about one thing. */
    synchronized List<String> warnings() {
        return warnings;
    }

    // Each thing once, until it has changed.
    private void warn(List<String> found) {
        if (!found.equals(warnings)) {
            found.stream().limit(MAX_WARNINGS).forEach(warning -> LOG.warn("{} {}", file, warning));
            if (found.size() > MAX_WARNINGS) {
                LOG.warn("{} has {} more lines that are not taken", file, found.size() - MAX_WARNINGS);
            }
            warnings = List.copyOf(found);
        }
    }
}
