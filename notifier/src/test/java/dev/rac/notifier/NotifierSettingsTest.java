package dev.rac.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.settings.Environment;
import dev.rac.service.settings.InvalidSettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotifierSettingsTest {
    private static final Map<String, String> COMPLETE = Map.of(
            "RAC_REGISTRY_URL", "http://registry:5000",
            "RAC_REGISTRY_HOST", "rac.example.com",
            "RAC_AUTH_URL", "http://registry-auth:8080",
            "RAC_SERVICE_SECRET", "swordfish-1",
            "RAC_NOTIFICATION_SECRET", "swordfish-2",
            "RAC_DATABASE_PASSWORD", "swordfish-3",
            "RAC_DOMAIN", "rac.example.com");

    @Test
    void readsWhatIsSet() {
        var environment = new Environment(COMPLETE);

        NotifierSettings settings = NotifierSettings.read(environment);

        environment.check();
        assertThat(settings.publicUrl()).isEqualTo(URI.create("http://rac.example.com"));
        assertThat(settings.registryUrl()).isEqualTo(URI.create("http://registry:5000"));
        assertThat(settings.database().url()).contains("data/notifier");
        assertThat(settings.port()).isEqualTo(8080);
    }

    @Test
    void roundsAreEveryFiveMinutesUnlessSaidOtherwise() {
        assertThat(NotifierSettings.read(new Environment(COMPLETE)).reconcileEvery())
                .contains(Duration.ofMinutes(5));
        assertThat(reconcileEvery("1h")).contains(Duration.ofHours(1));
        assertThat(reconcileEvery("off")).isEmpty();
    }

    private static Optional<Duration> reconcileEvery(String text) {
        return NotifierSettings.read(new Environment(Map.of("RAC_RECONCILE_EVERY", text)))
                .reconcileEvery();
    }

    @Test
    void showsNoSecret() {
        assertThat(NotifierSettings.read(new Environment(COMPLETE)).toString()).doesNotContain("swordfish");
    }

    @Test
    void tellsEverythingThatIsMissingAtOnce() {
        var environment = new Environment(Map.of(
                "RAC_PUBLIC_URL",
                "nonsense",
                "RAC_MAX_CPU",
                "all",
                "RAC_MAX_MEMORY",
                "1",
                "RAC_RECONCILE_EVERY",
                "1s"));

        NotifierSettings.read(environment);

        assertThatThrownBy(environment::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll(
                        "RAC_REGISTRY_URL",
                        "RAC_REGISTRY_HOST",
                        "RAC_AUTH_URL",
                        "RAC_SERVICE_SECRET",
                        "RAC_NOTIFICATION_SECRET",
                        "RAC_PUBLIC_URL",
                        "RAC_MAX_CPU",
                        "RAC_MAX_MEMORY",
                        "RAC_RECONCILE_EVERY");
    }
}
