package dev.rac.registryauth.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditFileTest {
    @TempDir
    private Path directory;

    @Test
    void anEntryIsALineOfJson() throws IOException {
        Path file = directory.resolve("log").resolve("audit.jsonl");
        new AuditFile(file, 1000).append(List.of(entry(1), entry(2)));
        new AuditFile(file, 1000).append(List.of(entry(3)));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        JsonNode first = Json.MAPPER.readTree(lines.getFirst());
        assertThat(first.path("first_at").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(first.path("count").asLong()).isEqualTo(1);
        assertThat(first.path("allowed").asBoolean()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void fullFilesAreKeptAndTheOldestDropped() throws IOException {
        Path file = directory.resolve("audit.jsonl");
        var log = new AuditFile(file, 500);
        for (int i = 0; i < 100; i++) {
            log.append(List.of(entry(i)));
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(each -> each.toFile().length()))
                    .hasSize(AuditFile.KEPT_FILES + 1)
                    .allSatisfy(size -> assertThat(size).isBetween(1L, 500L));
        }
        assertThat(Files.readAllLines(file).getLast()).contains("\"count\":99");
        assertThat(Files.readAllLines(directory.resolve("audit.jsonl.1")).getLast())
                .contains("\"allowed\":true");
    }

    @Test
    void saysWhenItCannotWrite() throws IOException {
        Files.createFile(directory.resolve("log"));

        assertThatThrownBy(() ->
                        new AuditFile(directory.resolve("log").resolve("audit.jsonl"), 500).append(List.of(entry(1))))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static AuditEntry entry(long count) {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return new AuditEntry("0", time, time, count, "alice", "claim.create", "repository:a", "192.0.2.1", true, "");
    }
}
