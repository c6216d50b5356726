package dev.rac.notifier.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.service.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void readsATaggedPush() {
        assertThat(only(Events.push("e-1", "alice/hello", "latest")))
                .isEqualTo(new Event.Deployable(new Push(
                        "e-1",
                        "alice/hello",
                        "latest",
                        Events.DIGEST,
                        Optional.of("alice"),
                        Instant.parse("2026-03-01T10:00:00.123Z"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.docker.distribution.manifest.v2+json",
                "application/vnd.docker.distribution.manifest.list.v2+json",
                "application/vnd.oci.image.manifest.v1+json",
                "application/vnd.oci.image.index.v1+json"
            })
    void imagesAndIndexesOfDockerAndOciDeploy(String mediaType) {
        assertThat(only(Events.envelope(Events.event("1", "push", mediaType, "a", "t"))))
                .isInstanceOf(Event.Deployable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "pull, application/vnd.oci.image.manifest.v1+json, hello, latest, ACTION",
        "delete, '', hello, latest, ACTION",
        "mount, application/vnd.oci.image.manifest.v1+json, hello, latest, ACTION",
        "push, application/octet-stream, hello, '', MEDIA_TYPE",
        "push, application/vnd.oci.image.manifest.v1+json, hello, '', UNTAGGED"
    })
    void nothingElseDeploys(String action, String mediaType, String repository, String tag, Event.Reason reason) {
        assertThat(only(Events.envelope(Events.event("1", action, mediaType, repository, tag))))
                .isEqualTo(new Event.Other(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "explode, application/vnd.oci.image.manifest.v1+json, hello, latest, ACTION",
        "'', application/vnd.oci.image.manifest.v1+json, hello, latest, ACTION",
        "push, application/vnd.docker.distribution.manifest.v1+prettyjws, hello, latest, MEDIA_TYPE",
        "push, application/vnd.oci.image.manifest.v1+json, Hello, latest, MALFORMED",
        "push, application/vnd.oci.image.manifest.v1+json, ../../etc, latest, MALFORMED",
        "push, application/vnd.oci.image.manifest.v1+json, '', latest, MALFORMED",
        "push, application/vnd.oci.image.manifest.v1+json, hello, $(reboot), MALFORMED",
        "push, application/vnd.oci.image.manifest.v1+json, hello, -x, MALFORMED"
    })
    void whatIsNotUnderstoodIsToBeKept(
            String action, String mediaType, String repository, String tag, Event.Reason reason) {
        String event = Events.event("1", action, mediaType, repository, tag);

        assertThat(only(Events.envelope(event))).isInstanceOfSatisfying(Event.Unknown.class, unknown -> {
            assertThat(unknown.reason()).isEqualTo(reason);
            assertThat(Json.MAPPER.readTree(unknown.text())).isEqualTo(Json.MAPPER.readTree(event));
        });
    }

    @Test
    void noIdOfTheRegistrysMakesARollback() {
        Event event = only(Events.push("rollback:1", "hello", "latest"));

        assertThat(((Event.Deployable) event).push().isRollback()).isFalse();
    }

    @Test
    void noIdOfTheRegistrysChangesVariables() {
        Event event = only(Events.push("settings:hello:1", "hello", "latest"));

        assertThat(((Event.Deployable) event).push().isPush()).isTrue();
    }

    @Test
    void aBadEventDoesNotSpoilTheOthers() {
        String good = Events.event("1", "push", Events.OCI_MANIFEST, "hello", "latest");

        List<Event> events = parse(Events.envelope("null", "7", "[]", "{\"target\": 1}", "{}", good))
                .orElseThrow();

        assertThat(events).hasSize(6);
        assertThat(events.getLast()).isInstanceOf(Event.Deployable.class);
    }

    @Test
    void whatIsMissingIsMadeUpFor() {
        String bare = """
                {"action": "push", "target": {"mediaType": "%s", "digest": "%s", "repository": "hello", "tag": "v1"}}
                """.formatted(Events.OCI_MANIFEST, Events.DIGEST);

        Push push = ((Event.Deployable) only(Events.envelope(bare))).push();

        assertThat(push.pushedAt()).isEqualTo(NOW);
        assertThat(push.pushedBy()).isEmpty();
        assertThat(push.eventId()).startsWith("content-").hasSizeLessThan(255);
        assertThat(only(Events.envelope(bare))).isEqualTo(new Event.Deployable(push));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2031-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "noon", ""})
    void aTimeThatCannotBeIsTheTimeOfReceipt(String timestamp) {
        String body = Events.push("1", "hello", "latest").replace("2026-03-01T10:00:00.123456789Z", timestamp);

        assertThat(((Event.Deployable) only(body)).push().pushedAt()).isEqualTo(NOW);
    }

    @Test
    void idsAndActorsThatADatabaseWouldRefuseAreMadeHarmless() {
        String body =
                Events.push("a\\u0000b", "hello", "latest").replace("\"alice\"", "\"" + "x\\u0000".repeat(900) + "\"");

        Push push = ((Event.Deployable) only(body)).push();

        assertThat(push.eventId()).startsWith("content-");
        assertThat(push.pushedBy().orElseThrow()).hasSize(255).containsOnlyOnce("x".repeat(255));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"events\": {}}", "{\"events\": [", "events=1", "\u0000"})
    void whatIsNoEnvelopeIsNotRead(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @Test
    void noBytesMakeItThrow() {
        var random = new Random(20_260_301);
        byte[] valid = Events.push("e", "alice/hello", "latest").getBytes(UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] body = valid.clone();
            for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            assertThat(Envelope.parse(body, NOW)).isNotNull();
        }
    }

    @Test
    void deepNestingIsNotRead() {
        assertThat(parse("{\"events\":" + "[".repeat(100_000))).isEmpty();
    }

    private static Optional<List<Event>> parse(String body) {
        return Envelope.parse(body.getBytes(UTF_8), NOW);
    }

    private static Event only(String body) {
        List<Event> events = parse(body).orElseThrow();
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    @ParameterizedTest
    @MethodSource
    void whatFuzzersBeginWithAndHaveFound(Path input) throws IOException {
        EnvelopeFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
    }

    static List<Path> whatFuzzersBeginWithAndHaveFound() throws Exception {
        var directory = Objects.requireNonNull(EnvelopeTest.class.getResource("/fuzz/envelope"));
        try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
            List<Path> inputs = files.sorted().toList();
            assertThat(inputs).isNotEmpty();
            return inputs;
        }
    }

    @Test
    void mutatedBodiesNeverThrowAndYieldNothingThatARegistryCouldNotHave() throws Exception {
        List<byte[]> bodies = new ArrayList<>();
        for (Path input : whatFuzzersBeginWithAndHaveFound()) {
            bodies.add(Files.readAllBytes(input));
        }
        var random = new Random(20261128);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = bodies.get(random.nextInt(bodies.size())).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            EnvelopeFuzz.fuzzerTestOneInput(body);
        }
    }
}
