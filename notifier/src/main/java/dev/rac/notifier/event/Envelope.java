package dev.rac.notifier.event;

import dev.rac.service.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the body of a notification: the envelope of Distribution's "Work with notifications", whose versions 1 and 2
 * differ in nothing that is read here.
 */
final class Envelope {
    private static final Set<String> DEPLOYABLE = Set.of(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    private static final Set<String> WITHOUT_PUSH = Set.of("pull", "mount", "delete");

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final int MAX_NAME = 255;

    private Envelope() {}

    /**
     * The events of a body; empty if it is no envelope at all. One bad event does not spoil the others.
     *
     * @param receivedAt stands in where an event has no time, or one in the future
     */
    static Optional<List<Event>> parse(byte[] body, Instant receivedAt) {
        JsonNode events;
        try {
            events = Json.MAPPER.readTree(body).path("events");
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (!events.isArray()) {
            return Optional.empty();
        }
        var parsed = new ArrayList<Event>();
        events.forEach(event -> parsed.add(event(event, receivedAt)));
        return Optional.of(parsed);
    }

    private static Event event(JsonNode event, Instant receivedAt) {
        JsonNode target = event.path("target");
        String action = text(event, "action");
        if (!action.equals("push")) {
            return undeployable(event, Event.Reason.ACTION, WITHOUT_PUSH.contains(action));
        }
        String tag = text(target, "tag");
        if (!DEPLOYABLE.contains(text(target, "mediaType"))) {
            return undeployable(event, Event.Reason.MEDIA_TYPE, tag.isEmpty());
        }
        if (tag.isEmpty()) {
            return new Event.Other(Event.Reason.UNTAGGED);
        }
        String repository = text(target, "repository");
        String digest = text(target, "digest");
        if (!References.isRepository(repository) || !References.isTag(tag) || !References.isDigest(digest)) {
            return undeployable(event, Event.Reason.MALFORMED, false);
        }
        Instant at = time(text(event, "timestamp"), receivedAt);
        String id = id(text(event, "id"), repository + ":" + tag + "@" + digest + " " + text(event, "timestamp"));
        return new Event.Deployable(new Push(id, repository, tag, digest, actor(event), at));
    }

    private static Event undeployable(JsonNode event, Event.Reason reason, boolean known) {
        return known ? new Event.Other(reason) : new Event.Unknown(reason, event.toString());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    // A clock that runs ahead must not make its push win over later ones for ever.
    private static Instant time(String timestamp, Instant receivedAt) {
        Instant latest = receivedAt.truncatedTo(ChronoUnit.MILLIS);
        try {
            Instant at = OffsetDateTime.parse(timestamp).toInstant().truncatedTo(ChronoUnit.MILLIS);
            return at.isAfter(latest) || at.isBefore(Instant.EPOCH) ? latest : at;
        } catch (DateTimeException e) {
            return latest;
        }
    }

    // An event without a usable id, or with one that would make it no push, is known again by what it says.
    private static String id(String id, String content) {
        boolean usable = ID.matcher(id).matches() && !id.startsWith(Push.ROLLBACK) && !id.startsWith(Push.SETTINGS);
        return usable ? id : "content-" + sha256(id + " " + content);
    }

    private static Optional<String> actor(JsonNode event) {
        // A database takes no NUL, and people read this in logs.
        String name = text(event.path("actor"), "name").replaceAll("\\p{Cntrl}", "");
        return Optional.of(name.substring(0, Math.min(name.length(), MAX_NAME))).filter(n -> !n.isBlank());
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
