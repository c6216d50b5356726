package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.certs.KeyAlgorithm;
import dev.rac.registryauth.token.KeyIds;
import dev.rac.registryauth.user.SignUp;
import dev.rac.service.http.TrustedProxies;
import dev.rac.service.settings.Environment;
import dev.rac.service.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAuthSettingsTest {
    @Test
    void hasDefaults() {
        var environment = new Environment(Map.of());
        RegistryAuthSettings settings = RegistryAuthSettings.read(environment);
        environment.check();

        assertThat(settings.bind()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.domain()).isEqualTo("localhost");
        assertThat(settings.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.database().url()).contains("/data/registry-auth;");
        assertThat(settings.anonymousPush()).isTrue();
        assertThat(settings.signUp()).isEqualTo(SignUp.OPEN);
        assertThat(settings.adminPassword()).isNull();
        assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.tokenAlgorithm()).isEqualTo(KeyAlgorithm.ES256);
        assertThat(settings.tokenKeyIds()).isEqualTo(KeyIds.NONE);
        assertThat(settings.bcryptCost()).isEqualTo(12);
        assertThat(settings.htpasswd()).isNull();
        assertThat(settings.serviceSecret()).isNull();
        assertThat(settings.auditRetention()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.trustedProxies()).isEqualTo(TrustedProxies.LOOPBACK);
        assertThat(settings.registryUrl()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "RAC_PORT, 65536",
        "RAC_DOMAIN, 'a b'",
        "RAC_DOMAIN, localhost:8080",
        "RAC_DOMAIN, http://localhost",
        "RAC_DATABASE_URL, mysql://x",
        "RAC_ANONYMOUS_PUSH, maybe",
        "RAC_SIGNUP, ajar",
        "RAC_ADMIN_PASSWORD, short",
        "RAC_TOKEN_LIFETIME, 59s",
        "RAC_TOKEN_LIFETIME, 25h",
        "RAC_TOKEN_LIFETIME, long",
        "RAC_TOKEN_ALGORITHM, hs256",
        "RAC_TOKEN_KID, thumbprint",
        "RAC_BCRYPT_COST, 3",
        "RAC_BCRYPT_COST, 17",
        "RAC_HTPASSWD, /nowhere/htpasswd",
        "RAC_HTPASSWD, /",
        "RAC_SERVICE_SECRET, a-secret-of-31-characters-xxxxx",
        "RAC_AUDIT_RETENTION, 23h",
        "RAC_AUDIT_RETENTION, 3651d",
        "RAC_TRUSTED_PROXIES, 'front-door'",
        "RAC_TRUSTED_PROXIES, '127.0.0.1,'",
        "RAC_TRUSTED_PROXIES, '10.0.0.0/33'",
        "RAC_REGISTRY_URL, registry:5000",
    })
    void namesASettingThatIsWrong(String name, String value) {
        var environment = new Environment(Map.of(name, value));
        RegistryAuthSettings.read(environment);

        assertThatThrownBy(environment::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(name + " ")
                .message()
                .hasLineCount(1);
    }

    @Test
    void showsNoSecret() {
        var variables = new HashMap<String, String>();
        variables.put("RAC_ADMIN_PASSWORD", "secret-of-admin");
        variables.put("RAC_SERVICE_SECRET", "secret-of-services-of-32-letters");
        variables.put("RAC_DATABASE_URL", "jdbc:postgresql://db/rac?password=secret-of-url");
        variables.put("RAC_DATABASE_PASSWORD", "secret-of-database");

        assertThat(RegistryAuthSettings.read(new Environment(variables)).toString())
                .contains("jdbc:postgresql://db/rac")
                .doesNotContain("secret-of");
    }
}
