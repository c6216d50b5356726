package dev.rac.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rac.service.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackupSettingsTest {
    @Test
    void takesOneADayWithoutAPassword() {
        var settings = read(Map.of());

        assertThat(settings.every()).contains(Duration.ofDays(1));
        assertThat(settings.password()).isEmpty();
    }

    @Test
    void canBeOff() {
        assertThat(read(Map.of("RAC_BACKUP_EVERY", "off")).every()).isEmpty();
    }

    @Test
    void neverShowsThePassword() {
        assertThat(read(Map.of("RAC_BACKUP_PASSWORD", "a-secret-of-backups")).toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"RAC_BACKUP_EVERY, 9s", "RAC_BACKUP_EVERY, daily", "RAC_BACKUP_PASSWORD, short"})
    void namesASettingThatIsWrong(String name, String value) {
        var environment = new Environment(Map.of(name, value));
        BackupSettings.read(environment);

        assertThatThrownBy(environment::check).hasMessageStartingWith(name + " ");
    }

    private static BackupSettings read(Map<String, String> variables) {
        var environment = new Environment(variables);
        BackupSettings settings = BackupSettings.read(environment);
        environment.check();
        return settings;
    }
}
