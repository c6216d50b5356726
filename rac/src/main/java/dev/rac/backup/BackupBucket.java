package dev.rac.backup;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The backups in the registry's bucket, beside its blobs. Thread-safe. */
public final class BackupBucket implements AutoCloseable {
    private final S3Client client;
    private final String bucket;

    /**
     * Takes over the client.
     *
     * @param client with timeouts that suit the size of backups
     */
    public BackupBucket(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Every backup, the newest first. */
    public List<StoredBackup> list() {
        try {
            return client
                    .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(StoredBackup.PREFIX))
                    .contents()
                    .stream()
                    .flatMap(object -> StoredBackup.parse(object.key(), object.size()).stream())
                    .sorted(Comparator.comparing(StoredBackup::takenAt).reversed())
                    .toList();
        } catch (SdkException e) {
            throw failure("list the backups", e);
        }
    }

    void put(StoredBackup backup, Path file) {
        try {
            client.putObject(put -> put.bucket(bucket).key(backup.key()), RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw failure("store a backup", e);
        }
    }

    void get(StoredBackup backup, Path file) {
        try {
            client.getObject(get -> get.bucket(bucket).key(backup.key()), file);
        } catch (SdkException e) {
            throw failure("fetch the backup " + backup.name(), e);
        }
    }

    void delete(StoredBackup backup) {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(backup.key()));
        } catch (SdkException e) {
            throw failure("delete the backup " + backup.name(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private BackupException failure(String what, SdkException e) {
        return new BackupException(
                "cannot " + what + " in the bucket " + bucket + " (" + e.getMessage()
                        + "): see that the S3 server answers, and that the credentials may list, read and write there",
                e);
    }
}
