package dev.rac.stack;

import dev.rac.service.secret.SecretFile;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An S3 server inside this process, whose objects are files; it listens on the loopback address only. */
final class EmbeddedS3 implements AutoCloseable {
    private static final String BUCKET = "registry";
    private static final String REGION = "us-east-1";
    private static final String ACCESS_KEY = "rac";
    private static final long STOP_TIMEOUT_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedS3.class);

    private final S3Proxy server;
    private final S3Settings settings;

    private EmbeddedS3(S3Proxy server, S3Settings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Starts the server on any free port.
     *
     * @throws StackException if it cannot start
     */
    static EmbeddedS3 start(DataDirectory data) {
        String secretKey = SecretFile.readOrCreate(data.resolve("s3-secret"));
        var server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(data.directory("s3").toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, secretKey)
                .stopTimeout(STOP_TIMEOUT_MILLIS)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new StackException("the embedded S3 server does not start: " + e.getMessage(), e);
        }
        var endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        return new EmbeddedS3(server, new S3Settings(endpoint, BUCKET, REGION, ACCESS_KEY, secretKey));
    }

    S3Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            // It waits for connections that clients keep open, and has ended them all the same.
            LOG.debug("the embedded S3 server ended connections that were still open", e);
        } catch (Exception e) {
            throw new StackException("the embedded S3 server did not stop cleanly: " + e.getMessage(), e);
        }
    }
}
