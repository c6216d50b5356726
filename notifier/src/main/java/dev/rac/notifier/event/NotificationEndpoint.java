package dev.rac.notifier.event;

import dev.rac.service.http.ApiServer;
import dev.rac.service.http.Credentials;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.service.secret.Secrets;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /notifications}: takes what the registry tells.
 *
 * <p>The registry sends its events one after another, and sends one again for ever until the answer is 2xx: an answer
 * that refuses an event stops all that come after it. So whatever comes with the right secret is answered 202, once
 * what it holds is stored; what is not understood is kept, and what can never be read is logged, counted and dropped.
 * Only a wrong secret (401) and a database that does not answer (5xx) make the registry wait, and lose nothing.
 */
public final class NotificationEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationEndpoint.class);

    private final String secret;
    private final Inbox inbox;
    private final UnknownEvents unknownEvents;
    private final Consumer<Push> next;
    private final MeterRegistry metrics;
    private final Clock clock;

    /**
     * Makes the endpoint.
     *
     * @param secret what the registry must show
     * @param jdbi where events that are not understood are kept
     * @param next is told of each push after it is stored, and must return at once
     */
    public NotificationEndpoint(
            String secret, Inbox inbox, Jdbi jdbi, Consumer<Push> next, MeterRegistry metrics, Clock clock) {
        this.secret = secret;
        this.inbox = inbox;
        unknownEvents = new UnknownEvents(jdbi);
        this.next = next;
        this.metrics = metrics;
        this.clock = clock;
    }

    public void routes(JavalinConfig config) {
        config.routes.post("/notifications", this::receive);
    }

    private void receive(Context ctx) throws IOException {
        if (!(Credentials.parse(ctx.header("Authorization")) instanceof Credentials.Bearer(String token))
                || !Secrets.same(secret, token)) {
            throw new ProblemException(
                    Problem.unauthorized("send the notification secret as Authorization: Bearer <secret>"));
        }
        Instant now = clock.instant();
        Optional<List<Event>> events = body(ctx.bodyInputStream()).flatMap(body -> Envelope.parse(body, now));
        if (events.isEmpty()) {
            LOG.warn(
                    "a notification from {} is no envelope of events of at most {} bytes; dropped (content type {})",
                    ctx.ip(),
                    ApiServer.MAX_BODY_BYTES,
                    ctx.contentType());
            count("unreadable");
        }
        long stored = events.orElse(List.of()).stream()
                .filter(event -> take(event, now))
                .count();
        ctx.status(202).json(Map.of("stored", stored));
    }

    private boolean take(Event event, Instant now) {
        switch (event) {
            case Event.Other(Event.Reason reason) -> {
                count(reason.name().toLowerCase(Locale.ROOT));
                return false;
            }
            case Event.Unknown unknown -> {
                count(unknown.reason().name().toLowerCase(Locale.ROOT));
                unknownEvents.keep(unknown, now);
                LOG.info("an event is not understood, and kept: {}", unknown.reason());
                return false;
            }
            case Event.Deployable(Push push) -> {
                boolean stored = inbox.store(push, now);
                count(stored ? "stored" : "duplicate");
                if (stored) {
                    LOG.info("push of {} by {}", push, push.pushedBy().orElse("anonymous"));
                    next.accept(push);
                }
                return stored;
            }
        }
    }

    // A body that is too long is read to its end all the same: a sender that is cut off sees no answer.
    private static Optional<byte[]> body(InputStream stream) throws IOException {
        byte[] body = stream.readNBytes((int) ApiServer.MAX_BODY_BYTES + 1);
        if (body.length <= ApiServer.MAX_BODY_BYTES) {
            return Optional.of(body);
        }
        stream.transferTo(OutputStream.nullOutputStream());
        return Optional.empty();
    }

    private void count(String kind) {
        metrics.counter("rac.notifier.events", "kind", kind).increment();
    }
}
