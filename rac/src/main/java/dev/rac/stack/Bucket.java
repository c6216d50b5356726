package dev.rac.stack;

import dev.rac.backup.BackupBucket;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The registry's bucket: made where it is missing, and tried before the registry relies on it. */
final class Bucket {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    // A database of some gigabytes, over a slow line.
    private static final Duration BACKUP_TIMEOUT = Duration.ofHours(1);
    private static final String PROBE = "rac-start-check";

    private Bucket() {}

    /**
     * Makes sure that the bucket is there and takes and gives up an object.
     *
     * @throws StackException saying which of address, credentials and bucket does not serve
     */
    static void ensure(S3Settings settings) {
        try (var client = client(settings, TIMEOUT)) {
            if (!exists(client, settings.bucket())) {
                create(client, settings.bucket());
            }
            client.putObject(put -> put.bucket(settings.bucket()).key(PROBE), RequestBody.fromString("ok"));
            client.deleteObject(delete -> delete.bucket(settings.bucket()).key(PROBE));
        } catch (S3Exception e) {
            throw new StackException(
                    "the S3 server at " + settings.endpoint() + " refuses bucket "
                            + settings.bucket() + " with status " + e.statusCode() + " (" + reason(e) + "): "
                            + advice(e.statusCode()),
                    e);
        } catch (SdkClientException e) {
            throw new StackException(
                    "no S3 server answers at " + settings.endpoint() + " (" + rootMessage(e)
                            + "): is it running, and is RAC_S3_ENDPOINT its address?",
                    e);
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and that they may write to the bucket";
            case 301, 400 -> "check RAC_S3_REGION and RAC_S3_BUCKET";
            default -> "see that server's log";
        };
    }

    private static String reason(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? "no reason given"
                : e.awsErrorDetails().errorCode();
    }

    private static boolean exists(S3Client client, String bucket) {
        try {
            client.headBucket(head -> head.bucket(bucket));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    private static void create(S3Client client, String bucket) {
        try {
            client.createBucket(create -> create.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException e) {
            // Another instance made it in the same moment: that is what was wanted.
            return;
        }
    }

    /** The backups in the bucket. */
    static BackupBucket backups(S3Settings settings) {
        return new BackupBucket(client(settings, BACKUP_TIMEOUT), settings.bucket());
    }

    private static S3Client client(S3Settings settings, Duration callTimeout) {
        var credentials = AwsBasicCredentials.create(settings.accessKey(), settings.secretKey());
        return S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(TIMEOUT)
                        .socketTimeout(TIMEOUT)
                        .build())
                .overrideConfiguration(override -> override.apiCallTimeout(callTimeout))
                .build();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? String.valueOf(thrown.getMessage()) : rootMessage(cause);
    }
}
