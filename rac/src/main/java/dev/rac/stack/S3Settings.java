package dev.rac.stack;

import dev.rac.service.settings.Environment;
import java.net.URI;
import java.util.Optional;

/**
 * Where the registry keeps its blobs.
 *
 * @param endpoint the S3 server's URL
 */
public record S3Settings(URI endpoint, String bucket, String region, String accessKey, String secretKey) {

    /** From {@code RAC_S3_*} and {@code AWS_*}; empty when no endpoint is set, so that the embedded server serves. */
    public static Optional<S3Settings> read(Environment environment) {
        var endpoint = environment.url("RAC_S3_ENDPOINT");
        if (environment.find("RAC_S3_ENDPOINT").isEmpty()) {
            return Optional.empty();
        }
        String hint = "it is needed with RAC_S3_ENDPOINT; unset that to use the embedded S3 server";
        String bucket = environment.required("RAC_S3_BUCKET", hint);
        String accessKey = environment.required("AWS_ACCESS_KEY_ID", hint);
        String secretKey = environment.required("AWS_SECRET_ACCESS_KEY", hint);
        String region = environment.text("RAC_S3_REGION", "us-east-1");
        return endpoint.map(url -> new S3Settings(url, bucket, region, accessKey, secretKey));
    }

    /** Never shows the secret key. */
    @Override
    public String toString() {
        return endpoint + "/" + bucket;
    }
}
