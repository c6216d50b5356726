package dev.rac.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AppJsonTest {
    private static final App APP = new App(
            new AppName("alice-hello"),
            "alice/hello",
            "latest",
            "sha256:" + "0".repeat(64),
            "localhost:8080/alice/hello@sha256:" + "0".repeat(64),
            8080,
            Map.of("B", "2", "A", "1", "C", "3"),
            List.of("/data"),
            new App.Health(Optional.of("/up"), Duration.ofSeconds(60)),
            new App.Scaling(0, 1, Optional.empty(), Optional.of(Duration.ofMillis(1500))),
            new App.Resources(500, 512L << 20),
            App.Update.STOP_FIRST,
            Map.of(),
            List.of("unknown label rac.prot"),
            Optional.of("alice"),
            Instant.parse("2026-11-22T03:04:05.123456Z"),
            Optional.of("3"));

    @Test
    void anAppIsReadBackAsItWasWritten() {
        assertThat(AppJson.readApp(AppJson.write(APP))).isEqualTo(APP);
    }

    @Test
    void theSameAppIsWrittenAsTheSameText() {
        assertThat(AppJson.write(AppJson.readApp(AppJson.write(APP)))).isEqualTo(AppJson.write(APP));
    }

    @Test
    void fieldsOfANewerRacAreIgnored() {
        String newer = AppJson.write(APP).replaceFirst("\\{", "{\"later\":1,");
        assertThat(AppJson.readApp(newer)).isEqualTo(APP);
    }

    @Test
    void aFailureIsReadBackAsItWasWritten() {
        var failure = new Failure("it ended", Optional.of(3), Instant.EPOCH, List.of("a", "b"));
        assertThat(AppJson.readFailure(AppJson.write(failure))).isEqualTo(failure);
    }
}
