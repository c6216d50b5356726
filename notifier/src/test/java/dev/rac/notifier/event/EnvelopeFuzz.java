package dev.rac.notifier.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes any bytes for the body of a notification. What does not hold is thrown. */
public final class EnvelopeFuzz {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private EnvelopeFuzz() {}

    /** The entry that fuzzers call by its name. */
    public static void fuzzerTestOneInput(byte[] input) {
        Optional<List<Event>> events = Envelope.parse(input, NOW);
        assertThat(Envelope.parse(input, NOW)).as("the same body, sent again").isEqualTo(events);
        events.orElse(List.of()).forEach(event -> {
            if (event instanceof Event.Deployable(Push push)) {
                check(push);
            }
        });
    }

    private static void check(Push push) {
        assertThat(push.eventId()).hasSizeBetween(1, 255).matches("[!-~]+").doesNotStartWith(Push.ROLLBACK);
        assertThat(push.repository())
                .hasSizeBetween(1, 255)
                .matches("[a-z0-9._/-]+")
                .doesNotContain("..", "//");
        assertThat(push.tag()).hasSizeBetween(1, 128).matches("[A-Za-z0-9_.-]+");
        assertThat(push.digest()).matches("sha(256|512):[0-9a-f]{64,128}");
        assertThat(push.pushedAt()).isBetween(Instant.EPOCH, NOW);
        push.pushedBy()
                .ifPresent(user ->
                        assertThat(user).hasSizeBetween(1, 255).isNotBlank().matches("\\P{Cntrl}*"));
    }
}
