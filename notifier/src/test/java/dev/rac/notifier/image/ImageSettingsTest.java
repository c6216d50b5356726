package dev.rac.notifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.targets.App;
import dev.rac.targets.Platform;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageSettingsTest {
    private static final Platform LINUX = new Platform("linux", "amd64");

    @Test
    void anImageThatSaysNothingListensOnPort() {
        ImageSettings settings = read(Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.environment()).isEqualTo(Map.of("PORT", "8080"));
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.previews()).isTrue();
        assertThat(settings.releases()).isEqualTo(TagRule.LATEST);
        assertThat(settings.update()).isEqualTo(App.Update.START_FIRST);
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void ofSeveralPortsTheUsualOneIsTaken(List<String> exposed, int port) {
        ImageSettings settings = read(exposed, List.of(), Map.of());

        assertThat(settings.port()).isEqualTo(port);
        assertThat(settings.environment()).isEmpty();
    }

    static Stream<Arguments> ofSeveralPortsTheUsualOneIsTaken() {
        return Stream.of(
                Arguments.of(List.of("9000/tcp"), 9000),
                Arguments.of(List.of("443/tcp", "80/tcp"), 80),
                Arguments.of(List.of("3000/tcp", "8080/tcp"), 8080),
                Arguments.of(List.of("8000/tcp", "5000/tcp"), 5000),
                Arguments.of(List.of("9999/tcp", "7000/tcp"), 7000),
                Arguments.of(List.of("80/udp", "9000"), 9000));
    }

    @Test
    void anImageThatExposesOnlyUdpListensOnPort() {
        assertThat(read(List.of("53/udp"), List.of(), Map.of()).environment()).containsEntry("PORT", "8080");
    }

    @Test
    void theLabelSaysWhichPort() {
        assertThat(read(List.of("80/tcp", "9000/tcp"), List.of(), Map.of("rac.port", "9000"))
                        .port())
                .isEqualTo(9000);
        assertThat(read(Map.of("rac.port", "7000")).environment()).containsEntry("PORT", "7000");
        assertThat(read(Map.of("rac.env.PORT", "6000")).port()).isEqualTo(6000);
    }

    @Test
    void traefiksPortIsAFallback() {
        String label = "traefik.http.services.web.loadbalancer.server.port";

        assertThat(read(List.of("80/tcp"), List.of(), Map.of(label, "9000")).port())
                .isEqualTo(9000);
        assertThat(read(List.of("80/tcp"), List.of(), Map.of(label, "9000", "rac.port", "81"))
                        .port())
                .isEqualTo(81);
        assertThat(read(List.of("80/tcp"), List.of(), Map.of(label, "9000", label.replace("web", "x"), "9001"))
                        .port())
                .isEqualTo(80);
    }

    @Test
    void everyLabelIsRead() {
        ImageSettings settings = read(
                List.of("80/tcp"),
                List.of(),
                Map.ofEntries(
                        Map.entry("rac.enable", "false"),
                        Map.entry("rac.preview", "false"),
                        Map.entry("rac.tag", "^1"),
                        Map.entry("rac.health.path", "/healthz?full=1"),
                        Map.entry("rac.health.timeout", "90s"),
                        Map.entry("rac.idle", "2h"),
                        Map.entry("rac.cpu", "0.5"),
                        Map.entry("rac.memory", "128Mi"),
                        Map.entry("rac.target", "docker"),
                        Map.entry("rac.update", "stop-first"),
                        Map.entry("rac.env.GREETING", " hello "),
                        Map.entry("org.opencontainers.image.title", "Hello")));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.previews()).isFalse();
        assertThat(settings.releases().releases("1.4.0")).isTrue();
        assertThat(settings.health()).isEqualTo(new App.Health(Optional.of("/healthz?full=1"), Duration.ofSeconds(90)));
        assertThat(settings.scaling())
                .isEqualTo(new App.Scaling(0, 1, Optional.empty(), Optional.of(Duration.ofHours(2))));
        assertThat(settings.resources()).isEqualTo(new App.Resources(500, 128L << 20));
        assertThat(settings.update()).isEqualTo(App.Update.STOP_FIRST);
        assertThat(settings.environment()).isEqualTo(Map.of("GREETING", " hello "));
        assertThat(settings.description()).isEqualTo(Map.of("org.opencontainers.image.title", "Hello"));
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rac.port, abc",
        "rac.port, 0",
        "rac.port, 65536",
        "rac.enable, yes",
        "rac.preview, 1",
        "rac.tag, ^a",
        "rac.health.path, healthz",
        "rac.health.path, '/a b'",
        "rac.health.timeout, 0s",
        "rac.health.timeout, 11m",
        "rac.idle, never",
        "rac.replicas, 4",
        "rac.replicas, 3..1",
        "rac.replicas, 0..0",
        "rac.concurrency, 0",
        "rac.cpu, 0",
        "rac.cpu, 65",
        "rac.memory, 1Mi",
        "rac.memory, lots",
        "rac.update, rolling"
    })
    void aWrongValueIsAWarningAndTheDefault(String label, String value) {
        ImageSettings settings = read(Map.of(label, value));

        assertThat(settings.warnings()).first().asString().startsWith(label + " is \"" + value + "\": expected ");
        assertThat(settings)
                .usingRecursiveComparison()
                .ignoringFields("warnings")
                .isEqualTo(read(Map.of()));
    }

    @Test
    void anUnknownLabelIsAWarning() {
        assertThat(read(Map.of("rac.prot", "80", "maintainer", "x", "rack.x", "y"))
                        .warnings())
                .containsExactly("rac.prot is not a label that RAC knows");
    }

    @ParameterizedTest
    @CsvSource({"rac.host, www.example.com", "rac.running-hours, 08:00-18:00"})
    void whatHasNoEffectYetIsAWarning(String label, String value) {
        assertThat(read(Map.of(label, value)).warnings()).containsExactly(label + " is not acted on yet");
    }

    @Test
    void traefiksHostStandsForALabelWithoutEffect() {
        assertThat(read(Map.of("traefik.http.routers.web.rule", "Host(`www.example.com`)"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("rac.host");
    }

    @Test
    void anotherTargetIsAWarning() {
        assertThat(read(Map.of("rac.target", "kubernetes")).warnings())
                .singleElement()
                .asString()
                .contains("docker");
    }

    @Test
    void anAppWithVolumesIsUpdatedStopFirst() {
        assertThat(read(List.of(), List.of("/data/"), Map.of()).volumes()).containsExactly("/data");
        assertThat(read(List.of(), List.of("/data"), Map.of()).update()).isEqualTo(App.Update.STOP_FIRST);
        ImageSettings asked = read(List.of(), List.of("/data"), Map.of("rac.update", "start-first"));
        assertThat(asked.update()).isEqualTo(App.Update.STOP_FIRST);
        assertThat(asked.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/", "data", "/a/../b", "/a//b", "/a:b", "''"})
    void aPathThatIsNoVolumeIsAWarning(String path) {
        ImageSettings settings = read(List.of(), List.of(path), Map.of());

        assertThat(settings.volumes()).isEmpty();
        assertThat(settings.warnings()).hasSize(1);
    }

    @Test
    void aHealthCheckLengthensThePatience() {
        assertThat(patience(Duration.ofMinutes(3), Duration.ofSeconds(10), Duration.ofSeconds(5), 2))
                .isEqualTo(Duration.ofSeconds(210));
        assertThat(patience(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 1))
                .isEqualTo(Duration.ofSeconds(50));
        assertThat(patience(Duration.ofDays(9), Duration.ofDays(1), Duration.ofDays(1), Integer.MAX_VALUE))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void variablesThatAreNoneOrTooLongAreWarnings() {
        ImageSettings settings = read(Map.of(
                "rac.env.",
                "x",
                "rac.env.A-B",
                "x",
                "rac.env.NUL",
                "a\0b",
                "rac.env.HUGE",
                "x".repeat(70_000),
                "rac.env.OK",
                "yes"));

        assertThat(settings.environment()).containsEntry("OK", "yes").containsOnlyKeys("OK", "PORT");
        assertThat(settings.warnings()).hasSize(4);
    }

    @Test
    void whatIsKeptIsBounded() {
        var labels = new HashMap<String, String>();
        for (int i = 0; i < 500; i++) {
            labels.put("rac.unknown" + i + "x".repeat(500), "y");
            labels.put("org.opencontainers.image.x" + i, "🙂".repeat(5000));
        }

        ImageSettings settings = read(labels);

        assertThat(settings.warnings()).hasSize(50).allMatch(warning -> warning.length() < 200);
        assertThat(settings.description())
                .hasSize(20)
                .allSatisfy((name, value) ->
                        assertThat(value).hasSizeLessThanOrEqualTo(500).endsWith("🙂"));
    }

    @ParameterizedTest
    @CsvSource({"rac.replicas, 1..3", "rac.replicas, 1", "rac.replicas, 0..2", "rac.update, start-first"})
    void whatIsActedOnInPartIsAWarning(String label, String value) {
        assertThat(read(Map.of(label, value)).warnings())
                .singleElement()
                .asString()
                .startsWith(label);
    }

    @Test
    void noAppHasMoreThanTheOperatorGives() {
        var config = new ImageConfig(
                LINUX, List.of(), List.of(), Optional.empty(), Map.of("rac.cpu", "2", "rac.memory", "1g"));
        ImageSettings capped = ImageSettings.read(config, "docker", new ResourceLimits(1500, 600L << 20));

        assertThat(capped.resources()).isEqualTo(new App.Resources(1500, 600L << 20));
        assertThat(capped.warnings())
                .containsExactly(
                        "rac.cpu is more than an app may have here: it has 1500m",
                        "rac.memory is more than an app may have here: it has 600Mi");
    }

    @Test
    void theDefaultIsNoMoreThanTheOperatorGives() {
        var config = new ImageConfig(LINUX, List.of(), List.of(), Optional.empty(), Map.of());
        ImageSettings capped = ImageSettings.read(config, "docker", new ResourceLimits(500, 64L << 20));

        assertThat(capped.resources()).isEqualTo(new App.Resources(500, 64L << 20));
        assertThat(capped.warnings()).isEmpty();
    }

    @Test
    void noLabelsThrow() {
        var random = new Random(42);
        List<String> names = List.of(
                "rac.port",
                "rac.tag",
                "rac.health.path",
                "rac.health.timeout",
                "rac.idle",
                "rac.replicas",
                "rac.concurrency",
                "rac.cpu",
                "rac.memory",
                "rac.target",
                "rac.update",
                "rac.env.X",
                "rac.env.PORT",
                "traefik.http.services.a.loadbalancer.server.port",
                "traefik.http.routers.a.rule",
                "rac.",
                "");
        String alphabet = "0123456789.-msdhgiMGT/^~<>=|*x \"'\0\n\u00e9\ud83d\ude42\ud83d";
        for (int round = 0; round < 20_000; round++) {
            var labels = new HashMap<String, String>();
            for (String name : names) {
                labels.put(name, text(random, alphabet));
            }
            ImageSettings settings =
                    read(List.of(text(random, alphabet)), List.of("/" + text(random, alphabet)), labels);
            assertThat(settings.port()).isBetween(1, 65_535);
        }
    }

    private static String text(Random random, String alphabet) {
        var text = new StringBuilder();
        for (int length = random.nextInt(10); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static Duration patience(Duration start, Duration interval, Duration timeout, int retries) {
        var check = new ImageConfig.HealthCheck(start, interval, timeout, retries);
        var config = new ImageConfig(LINUX, List.of(), List.of(), Optional.of(check), Map.of());
        return ImageSettings.read(config, "docker", ResourceLimits.DEFAULT)
                .health()
                .timeout();
    }

    private static ImageSettings read(Map<String, String> labels) {
        return read(List.of(), List.of(), labels);
    }

    private static ImageSettings read(List<String> exposed, List<String> volumes, Map<String, String> labels) {
        return ImageSettings.read(
                new ImageConfig(LINUX, exposed, volumes, Optional.empty(), labels), "docker", ResourceLimits.DEFAULT);
    }
}
