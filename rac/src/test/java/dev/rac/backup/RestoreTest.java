package dev.rac.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rac.service.database.Database;
import dev.rac.service.database.DatabaseSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Backups of a real database to a real S3 server, and back. */
final class RestoreTest {
    private static final Optional<String> PASSWORD = Optional.of("correct horse battery");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path directory;

    private S3Proxy server;
    private S3Client client;
    private BackupBucket bucket;
    private Database database;

    @BeforeEach
    void start() throws Exception {
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(
                        Files.createDirectory(directory.resolve("s3")).toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "rac", "secret")
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        client = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("rac", "secret")))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        client.createBucket(create -> create.bucket("registry"));
        bucket = new BackupBucket(client, "registry");
        Files.createDirectories(data().resolve("certs"));
        Files.writeString(data().resolve("certs/signing.pem"), "a key");
        Files.writeString(data().resolve("certs/signing.pem.tmp"), "half a key");
        Files.createFile(data().resolve("certs/signing.lock"));
        Files.writeString(data().resolve("service-secret"), "a secret");
        Files.createDirectories(data().resolve("notifier/logs"));
        Files.writeString(data().resolve("notifier/env.key"), "another key");
        Files.writeString(data().resolve("notifier/logs/hello.log"), "a line");
        Files.writeString(data().resolve("lock"), "");
        database = Database.open(DatabaseSettings.embedded(data().resolve("registry-auth")), "registry-auth");
        database.jdbi().useHandle(handle -> handle.execute("create table kept (id integer)"));
        insert(1);
    }

    @AfterEach
    void stop() throws Exception {
        database.close();
        bucket.close();
        server.stop();
    }

    @Test
    void anEncryptedBackupBringsBackDatabasesKeysAndSecrets() throws Exception {
        StoredBackup taken = backups(PASSWORD, NOON).take();
        // What comes later is not in it.
        insert(2);

        StoredBackup restored = Restore.into(target(), Optional.empty(), PASSWORD, bucket);

        assertThat(restored.takenAt()).isEqualTo(taken.takenAt()).isEqualTo(NOON);
        assertThat(files(target()))
                .containsExactlyInAnyOrder(
                        "registry-auth.mv.db",
                        "service-secret",
                        "certs",
                        "certs/signing.pem",
                        "notifier",
                        "notifier/env.key");
        assertThat(target().resolve("certs/signing.pem")).hasContent("a key");
        assertThat(target().resolve("notifier/env.key")).hasContent("another key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target().resolve("service-secret"))))
                .isEqualTo("rw-------");
        assertThat(ids(target())).containsExactly(1);
        assertThat(new String(stored(taken), StandardCharsets.ISO_8859_1)).doesNotContain("signing.pem");
    }

    @Test
    void withoutAPasswordABackupHasTheDatabasesOnly() throws Exception {
        backups(Optional.empty(), NOON).take();

        assertThat(Restore.into(target(), Optional.empty(), Optional.empty(), bucket)
                        .encrypted())
                .isFalse();
        assertThat(files(target())).containsExactly("registry-auth.mv.db");
        assertThat(ids(target())).containsExactly(1);
    }

    @Test
    void aDirectoryThatIsNotEmptyIsLeftAsItIs() throws Exception {
        backups(PASSWORD, NOON).take();
        Files.createDirectories(target());
        Files.writeString(target().resolve("mine"), "keep");

        assertThatThrownBy(() -> Restore.into(target(), Optional.empty(), PASSWORD, bucket))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is not empty");
        assertThat(files(target())).containsExactly("mine");
    }

    @Test
    void whatDoesNotOpenLeavesNothingBehind() throws Exception {
        StoredBackup taken = backups(PASSWORD, NOON).take();

        assertThatThrownBy(() -> Restore.into(target(), Optional.empty(), Optional.empty(), bucket))
                .hasMessageContaining("set RAC_BACKUP_PASSWORD");
        assertThatThrownBy(() -> Restore.into(target(), Optional.empty(), Optional.of("wrong password"), bucket))
                .hasMessageContaining("RAC_BACKUP_PASSWORD is not the one");
        byte[] whole = stored(taken);
        whole[whole.length - 1] ^= 1;
        client.putObject(put -> put.bucket("registry").key(taken.key()), RequestBody.fromBytes(whole));
        assertThatThrownBy(() -> Restore.into(target(), Optional.empty(), PASSWORD, bucket))
                .isInstanceOf(BackupException.class);
        assertThat(files(target())).isEmpty();
    }

    @Test
    void theLastSevenAreKeptAndEachCanBeRestored() {
        for (int day = 0; day < 9; day++) {
            backups(day % 2 == 0 ? PASSWORD : Optional.empty(), NOON.plus(Duration.ofDays(day)))
                    .take();
            insert(10 + day);
        }

        List<StoredBackup> kept = bucket.list();
        assertThat(kept).hasSize(7).isSortedAccordingTo((a, b) -> b.takenAt().compareTo(a.takenAt()));
        assertThat(kept.getLast().name()).isEqualTo("20261126T120000Z");
        Restore.into(target(), Optional.of("20261126T120000Z"), PASSWORD, bucket);
        assertThat(ids(target())).containsExactly(1, 10, 11);
        assertThatThrownBy(() ->
                        Restore.into(directory.resolve("other"), Optional.of("20261124T120000Z"), PASSWORD, bucket))
                .hasMessageContaining("rac restore --list");
    }

    @Test
    void theScheduleTakesOneWhenTheLastHasGrownOld() throws Exception {
        var settings = new BackupSettings(Optional.of(Duration.ofDays(1)), PASSWORD);
        Map<String, Predicate<Path>> databases = Map.of("registry-auth", database::copyTo);
        backups(PASSWORD, NOON).take();
        var later = Clock.fixed(NOON.plus(Duration.ofDays(2)), ZoneOffset.UTC);
        try (var schedule = BackupSchedule.start(
                data(), databases, settings, Duration.ofDays(1), new BackupBucket(client, "registry"), later)) {
            assertThat(schedule).isNotNull();
            await().untilAsserted(() -> assertThat(bucket.list()).hasSize(2));
        }
        assertThat(files(data())).noneMatch(name -> name.startsWith("backup"));
    }

    private Backups backups(Optional<String> password, Instant at) {
        return new Backups(
                data(),
                Map.of("registry-auth", database::copyTo, "elsewhere", copy -> false),
                password,
                bucket,
                Clock.fixed(at, ZoneOffset.UTC),
                new SecureRandom());
    }

    private void insert(int id) {
        database.jdbi().useHandle(handle -> handle.execute("insert into kept values (?)", id));
    }

    private static List<Integer> ids(Path data) {
        try (var restored = Database.open(DatabaseSettings.embedded(data.resolve("registry-auth")), "registry-auth")) {
            return restored.jdbi()
                    .withHandle(handle -> handle.createQuery("select id from kept order by id")
                            .mapTo(Integer.class)
                            .list());
        }
    }

    private byte[] stored(StoredBackup backup) throws IOException {
        try (var content = client.getObject(get -> get.bucket("registry").key(backup.key()))) {
            var bytes = new ByteArrayOutputStream();
            content.transferTo(bytes);
            return bytes.toByteArray();
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .toList();
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path target() {
        return directory.resolve("restored");
    }
}
