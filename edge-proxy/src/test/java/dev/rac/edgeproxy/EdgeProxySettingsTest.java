package dev.rac.edgeproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.settings.Environment;
import dev.rac.service.settings.InvalidSettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdgeProxySettingsTest {
    private static final Map<String, String> SERVICES = Map.of(
            "RAC_REGISTRY_URL", "http://registry:5000",
            "RAC_AUTH_URL", "https://auth/",
            "RAC_NOTIFIER_URL", "http://127.0.0.1:8082");

    @Test
    void whereTheServicesAreIsEnough() {
        var environment = new Environment(SERVICES);
        EdgeProxySettings settings = EdgeProxySettings.read(environment);
        environment.check();

        assertThat(settings.bind()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.tlsPort()).isEmpty();
        assertThat(settings.domain()).isEqualTo("localhost");
        assertThat(settings.registry()).isEqualTo(URI.create("http://registry:5000"));
        assertThat(settings.idleTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.freezeTimeout()).contains(Duration.ofSeconds(30));
        assertThat(settings.freezeMemoryBytes()).isGreaterThan(64L << 20);
        assertThat(settings.limits().perApp()).isEqualTo(1000);
        assertThat(settings.limits().overall()).isEqualTo(10_000);
        assertThat(settings.limits().deadline()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.metricsBind()).isEqualTo("127.0.0.1");
        assertThat(settings.metricsPort()).isZero();
    }

    @Test
    void everyWrongSettingIsNamedAtOnce() {
        var environment = new Environment(Map.of(
                "RAC_PORT", "high",
                "RAC_TLS_PORT", "70000",
                "RAC_DOMAIN", "not a domain",
                "RAC_AUTH_URL", "auth:8081",
                "RAC_NOTIFIER_URL", "http://notifier/path",
                "RAC_IDLE_TIMEOUT", "soon",
                "RAC_FREEZE_TIMEOUT", "1ms",
                "RAC_FREEZE_MEMORY", "some",
                "RAC_WAKE_TIMEOUT", "-1s",
                "RAC_MAX_WAITING", "many"));
        EdgeProxySettings.read(environment);

        assertThatThrownBy(environment::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll(
                        "RAC_PORT",
                        "RAC_TLS_PORT",
                        "RAC_DOMAIN",
                        "RAC_REGISTRY_URL is not set",
                        "RAC_AUTH_URL",
                        "RAC_FREEZE_TIMEOUT is \"1ms\"",
                        "RAC_FREEZE_MEMORY is \"some\"",
                        "RAC_NOTIFIER_URL",
                        "without a path",
                        "RAC_IDLE_TIMEOUT",
                        "RAC_WAKE_TIMEOUT",
                        "RAC_MAX_WAITING");
    }
}
