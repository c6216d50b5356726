package dev.rac.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real embedded S3 server. */
final class BucketTest {
    @TempDir
    private Path directory;

    private DataDirectory data;
    private EmbeddedS3 server;

    @BeforeEach
    void start() {
        data = DataDirectory.open(directory);
        server = EmbeddedS3.start(data);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        data.close();
    }

    @Test
    void isMadeWhereItIsMissingAndLeftEmpty() {
        Bucket.ensure(server.settings());
        Bucket.ensure(server.settings());
        assertThat(directory.resolve("s3/registry")).isEmptyDirectory();
    }

    @Test
    void wrongCredentialsAreSaidInOneLineWithoutThem() {
        var wrong = new S3Settings(server.settings().endpoint(), "registry", "us-east-1", "rac", "wrong-secret");
        assertThatThrownBy(() -> Bucket.ensure(wrong))
                .isInstanceOf(StackException.class)
                .message()
                .contains("AWS_SECRET_ACCESS_KEY")
                .doesNotContain("wrong-secret")
                .hasLineCount(1);
    }

    @Test
    void anAddressWhereNothingAnswersIsSaidInOneLine() {
        var nowhere = new S3Settings(URI.create("http://127.0.0.1:1"), "registry", "us-east-1", "rac", "x");
        assertThatThrownBy(() -> Bucket.ensure(nowhere))
                .isInstanceOf(StackException.class)
                .message()
                .contains("RAC_S3_ENDPOINT", "http://127.0.0.1:1")
                .hasLineCount(1);
    }
}
