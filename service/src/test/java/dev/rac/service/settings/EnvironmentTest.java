package dev.rac.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentTest {
    private enum Colour {
        RED,
        BLUE
    }

    @Test
    void whatIsNotSetReadsAsItsDefault() {
        var environment = new Environment(Map.of("EMPTY", "  "));
        assertThat(environment.text("EMPTY", "d")).isEqualTo("d");
        assertThat(environment.port("PORT", 8080)).isEqualTo(8080);
        assertThat(environment.flag("FLAG", true)).isTrue();
        assertThat(environment.duration("TIME", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(environment.path("PATH", Path.of("data"))).isAbsolute();
        assertThat(environment.url("URL")).isEmpty();
        assertThat(environment.choice("COLOUR", Colour.class)).isEmpty();
        environment.check();
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "10m,600000", "2h,7200000", "1d,86400000"})
    void durationsHaveAUnit(String text, long millis) {
        var environment = new Environment(Map.of("TIME", text));
        assertThat(environment.duration("TIME", Duration.ZERO)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-1s", "1.5s", "9999999999s", "5 s", "1w"})
    void otherDurationsAreWrong(String text) {
        var environment = new Environment(Map.of("TIME", text));
        environment.duration("TIME", Duration.ZERO);
        assertThatThrownBy(environment::check).hasMessageContaining("TIME is \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "host:80", "http://", "http://a b", "/path"})
    void otherThanHttpUrlsAreWrong(String text) {
        var environment = new Environment(Map.of("URL", text));
        assertThat(environment.url("URL")).isEmpty();
        assertThatThrownBy(environment::check).hasMessageContaining("expected an http or https URL");
    }

    @Test
    void readsWhatIsSet() {
        var environment = new Environment(
                Map.of("URL", "https://s3.example.com", "COLOUR", "blue", "FLAG", "FALSE", "PORT", " 0 "));
        assertThat(environment.url("URL")).contains(URI.create("https://s3.example.com"));
        assertThat(environment.choice("COLOUR", Colour.class)).contains(Colour.BLUE);
        assertThat(environment.flag("FLAG", true)).isFalse();
        assertThat(environment.port("PORT", 1)).isZero();
        environment.check();
    }

    @Test
    void everyWrongSettingIsReportedAndEachOnce() {
        var environment = new Environment(Map.of("PORT", "65536", "FLAG", "yes", "COLOUR", "green"));
        environment.port("PORT", 1);
        environment.port("PORT", 1);
        environment.flag("FLAG", true);
        environment.choice("COLOUR", Colour.class);
        environment.required("NAME", "give it");
        assertThatThrownBy(environment::check)
                .isInstanceOf(InvalidSettingsException.class)
                .message()
                .hasLineCount(4)
                .contains("PORT", "FLAG", "COLOUR", "expected blue or red", "NAME is not set: give it");
    }
}
