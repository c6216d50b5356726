package dev.rac.registryauth.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.rac.registryauth.TestDatabase;
import dev.rac.service.database.Database;
import dev.rac.service.time.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Duration RETENTION = Duration.ofDays(90);

    @TempDir
    private Path directory;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Database database;
    private AuditLog log;

    @BeforeEach
    void open() {
        database = Database.open(TestDatabase.of(directory), "registry-auth");
        log = log();
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private AuditLog log() {
        return new AuditLog(
                database.jdbi(),
                directory.resolve("audit.jsonl"),
                RETENTION,
                clock,
                new SecureRandom(),
                new SimpleMeterRegistry());
    }

    @Test
    void whatIsRecordedIsFoundTheLatestFirst() {
        log.record(claimed("alice", "a"));
        clock.advance(Duration.ofMillis(1));
        log.record(claimed("bob", "b"));
        log.record(claimed("carol", "c"));

        assertThat(all()).extracting(AuditEntry::actor).containsExactly("carol", "bob", "alice");
        AuditEntry first = all().getLast();
        assertThat(first)
                .isEqualTo(new AuditEntry(
                        first.id(),
                        clock.instant().minusMillis(1),
                        clock.instant().minusMillis(1),
                        1,
                        "alice",
                        "claim.create",
                        "repository:a",
                        "192.0.2.1",
                        true,
                        ""));
    }

    @Test
    void isWrittenWithoutBeingAskedFor() {
        log.record(claimed("alice", "a"));

        await().untilAsserted(() -> assertThat(rows()).isEqualTo(1));
    }

    @Test
    void equalEventsOfAMinuteAreOneEntry() throws IOException {
        Instant start = clock.instant();
        log.record(claimed("alice", "a"));
        assertThat(all()).hasSize(1);
        IntStream.range(0, 59).forEach(second -> {
            clock.advance(Duration.ofSeconds(1));
            log.record(claimed("alice", "a"));
        });
        clock.advance(Duration.ofSeconds(1));
        log.record(claimed("alice", "a"));

        assertThat(all()).extracting(AuditEntry::count).containsExactly(1L, 60L);
        assertThat(all().getLast().firstAt()).isEqualTo(start);
        assertThat(all().getLast().lastAt()).isEqualTo(start.plusSeconds(59));
        // The file has the entry as it was, and as it became.
        assertThat(Files.readAllLines(directory.resolve("audit.jsonl")))
                .filteredOn(line -> line.contains(all().getLast().id()))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"count\":1,"),
                        line -> assertThat(line).contains("\"count\":60,"));
    }

    @Test
    void whatDiffersInAnythingIsAnotherEntry() {
        log.record(new AuditEvent("a", "b", "c", "d", true, "e"));
        log.record(new AuditEvent("A", "b", "c", "d", true, "e"));
        log.record(new AuditEvent("a", "B", "c", "d", true, "e"));
        log.record(new AuditEvent("a", "b", "C", "d", true, "e"));
        log.record(new AuditEvent("a", "b", "c", "D", true, "e"));
        log.record(new AuditEvent("a", "b", "c", "d", false, "e"));
        log.record(new AuditEvent("a", "b", "c", "d", true, "E"));

        assertThat(all()).hasSize(7);
    }

    @Test
    void theEndWritesWhatWasCounted() {
        IntStream.range(0, 3).forEach(_ -> log.record(claimed("alice", "a")));
        assertThat(all()).hasSize(1);
        log.record(claimed("alice", "a"));
        log.record(claimed("bob", "b"));
        log.close();

        try (AuditLog next = log()) {
            assertThat(next.find(new AuditTable.Query(null, null, true, null, 10)))
                    .extracting(AuditEntry::actor, AuditEntry::count)
                    .containsExactly(tuple("bob", 1L), tuple("alice", 4L));
        }
    }

    @Test
    void simultaneousEventsAreAllCounted() {
        IntStream.range(0, 4)
                .parallel()
                .forEach(_ -> IntStream.range(0, 5000).forEach(i -> {
                    log.record(claimed("alice", "a"));
                    if (i % 500 == 0) {
                        clock.advance(Duration.ofSeconds(10));
                        assertThat(all()).isNotEmpty();
                    }
                }));
        log.close();

        log = log();
        assertThat(all().stream().mapToLong(AuditEntry::count).sum()).isEqualTo(20_000);
    }

    @Test
    void aHistoryIsOfOneResourceAndLeavesMereReadingOut() {
        log.record(claimed("alice", "a"));
        log.record(claimed("alice", "b"));
        log.record(new AuditEvent("", AuditEvent.TOKEN_READ, "repository:a", "192.0.2.1", true, "pull"));
        log.record(new AuditEvent("", "token.write", "repository:a", "192.0.2.1", true, "push"));

        assertThat(log.history("repository:a", 10))
                .extracting(AuditEntry::action)
                .containsExactly("token.write", "claim.create");
        assertThat(log.history("repository:a", 1)).hasSize(1);
    }

    @Test
    void aHistoryHasWhatMayStandForAPermissionToPush() {
        log.record(claimed("alice", "a"));
        for (boolean allowed : new boolean[] {true, false}) {
            IntStream.range(0, Budgets.BURST_OF_SOURCE * 2).forEach(i -> {
                log.record(new AuditEvent("bob", "token.write", "repository:r" + i, "192.0.2.1", allowed, "push"));
                log.record(new AuditEvent("bob", AuditEvent.TOKEN_READ, "repository:r" + i, "x", allowed, "pull"));
            });
        }

        assertThat(log.history("repository:a", 1))
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::resource, AuditEntry::allowed)
                .containsExactly(
                        tuple("bob", "token.write", "*", true), tuple("alice", "claim.create", "repository:a", true));
    }

    @Test
    void oldEntriesAreDeletedInBatches() {
        IntStream.range(0, 1200).forEach(i -> log.record(claimed("alice", "r" + i)));
        assertThat(all()).hasSize(1000);
        clock.advance(RETENTION.plusHours(2));
        log.record(claimed("alice", "new"));

        await().untilAsserted(() -> assertThat(rows()).isEqualTo(1));
        assertThat(all()).extracting(AuditEntry::resource).containsExactly("repository:new");
    }

    @Test
    void tooManyRequestsFromOnePlaceAreCountedTogether() {
        IntStream.range(0, 10_000)
                .forEach(i ->
                        log.record(new AuditEvent("", AuditEvent.TOKEN_READ, "repository:r" + i, "x", true, "pull")));
        log.record(claimed("alice", "a"));
        log.close();

        log = log();
        List<AuditEntry> entries = all();
        assertThat(entries.getFirst().action()).isEqualTo("claim.create");
        assertThat(entries.get(1).resource()).isEqualTo("*");
        assertThat(entries.get(1).count()).isGreaterThan(5000);
        assertThat(rows()).isBetween((long) Budgets.BURST_OF_SOURCE, 4000L);
    }

    private static AuditEvent claimed(String user, String repository) {
        return new AuditEvent(user, "claim.create", "repository:" + repository, "192.0.2.1", true, "");
    }

    private List<AuditEntry> all() {
        return log.find(new AuditTable.Query(null, null, true, null, AuditLog.MAX_LIMIT));
    }

    private long rows() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from auth_audit")
                        .mapTo(Long.class)
                        .one());
    }
}
