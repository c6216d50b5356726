package dev.rac.registryauth.audit;

import dev.rac.service.http.ClientAddress;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps who did what, from where, and whether they were allowed to: in the database, and as JSON lines in a file.
 * Thread-safe; to record something waits for neither.
 */
public final class AuditLog implements AutoCloseable {
    /** The most entries that are given at once. */
    public static final int MAX_LIMIT = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration WRITE_EVERY = Duration.ofSeconds(1);
    private static final long MAX_FILE_BYTES = 16 * 1024 * 1024;

    private final Intake intake;
    private final AuditTable table;
    private final AuditWriter writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final ScheduledExecutorService thread;

    /**
     * Opens the log, and writes to it from now on.
     *
     * @param file of the JSON lines
     * @param retention how long entries stay in the database
     */
    public AuditLog(Jdbi jdbi, Path file, Duration retention, Clock clock, SecureRandom random, MeterRegistry metrics) {
        intake = new Intake(clock, random);
        table = new AuditTable(jdbi);
        writer = new AuditWriter(intake, table, new AuditFile(file, MAX_FILE_BYTES), retention, clock);
        Gauge.builder("rac.audit.queue", intake, Intake::waiting)
                .description("Entries of the audit log that wait to be written")
                .register(metrics);
        FunctionCounter.builder("rac.audit.dropped", intake, Intake::dropped)
                .description("Events that the audit log could not take")
                .register(metrics);
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("audit").daemon().factory());
        var _ = thread.scheduleWithFixedDelay(
                this::tick, WRITE_EVERY.toMillis(), WRITE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Records what the sender of a request did, or tried to do. */
    public void record(Context ctx, String actor, String action, String resource, boolean allowed, String detail) {
        record(new AuditEvent(actor, action, resource, ClientAddress.of(ctx), allowed, detail));
    }

    public void record(AuditEvent event) {
        intake.add(event);
    }

    /**
     * What was done to a resource, the latest first: changes, and who could have pushed. Mere reading is left out.
     *
     * <p>Among it is what stands for many permissions to push, to whatever repositories: else whoever asks for very
     * many could hide one of them.
     *
     * @param resource such as {@code repository:alice/hello}
     * @param limit of the resource's own entries, and of the others: neither can push the other out
     */
    public List<AuditEntry> history(String resource, int limit) {
        List<AuditEntry> own = find(new AuditTable.Query(null, resource, false, null, limit));
        return Stream.concat(own.stream(), table.manyGrants(limit).stream())
                .sorted(Comparator.comparing(AuditEntry::id).reversed())
                .toList();
    }

    /** What was asked for, with all that was recorded before. */
    List<AuditEntry> find(AuditTable.Query query) {
        locked(writer::write);
        return table.find(query);
    }

    @Override
    public void close() {
        thread.shutdown();
        locked(writer::finish);
    }

    private void tick() {
        try {
            intake.renewBudgets();
            locked(() -> {
                writer.write();
                writer.clean();
            });
        } catch (RuntimeException e) {
            // The next time may go better: it must not be the last.
            LOG.error("the audit log could not be written", e);
        }
    }

    private void locked(Runnable work) {
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }
}
