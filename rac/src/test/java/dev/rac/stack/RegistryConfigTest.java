package dev.rac.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.settings.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class RegistryConfigTest {
    private static final String AWKWARD = "a\"b: c#d\\e'f%s\n";

    private final RegistryConfig config = new RegistryConfig(
            "127.0.0.1:5000",
            new S3Settings(URI.create("https://s3.example.com"), "images", "eu-central-1", "key", AWKWARD),
            URI.create("http://localhost:8080/token"),
            "localhost",
            "rac",
            Path.of("/data/certs/registry-bundle.pem"),
            URI.create("http://127.0.0.1:9002/notifications"),
            AWKWARD,
            "http secret");

    @Test
    void isYamlWhateverTheSecretsHold() {
        var yaml = new YAMLMapper().readTree(config.yaml());
        assertThat(yaml.at("/storage/s3/secretkey").asString()).isEqualTo(AWKWARD);
        assertThat(yaml.at("/storage/s3/secure").asBoolean()).isTrue();
        assertThat(yaml.at("/storage/s3/bucket").asString()).isEqualTo("images");
        assertThat(yaml.at("/auth/token/realm").asString()).isEqualTo("http://localhost:8080/token");
        assertThat(yaml.at("/notifications/endpoints/0/headers/Authorization/0").asString())
                .isEqualTo("Bearer " + AWKWARD);
    }

    @Test
    void theRegistryLogsNothingBelowWarnings() {
        // At level info it prints the notification's headers, with the secret in them.
        assertThat(new YAMLMapper().readTree(config.yaml()).at("/log/level").asString())
                .isEqualTo("warn");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(config.toString() + config.s3()).doesNotContain(AWKWARD, "http secret");
    }

    @Test
    void theWholeOfS3IsNeededWhenAnEndpointIsSet() {
        var environment = new Environment(Map.of("RAC_S3_ENDPOINT", "http://s3"));
        S3Settings.read(environment);
        assertThatThrownBy(environment::check)
                .hasMessageContainingAll("RAC_S3_BUCKET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    }
}
