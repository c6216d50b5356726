package dev.rac.targets.docker;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers what changes, from one stream of the engine's events. An event only says which app to look at again; so
 * events that come twice, late, or many at once do no harm. Each time that the stream is opened, everything is looked
 * at. Thread-safe.
 */
final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private static final String[] TELLING_EVENTS = {"create", "start", "die", "destroy", "rename", "pause", "unpause"};
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    // A line that was cut without a word is as silent as an engine where nothing happens: open a new one now and then.
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);
    // The engine begins to listen for a stream a little after it accepted it: let it repeat what was just before.
    private static final Duration REPEATED = Duration.ofSeconds(2);

    private final Engine engine;
    private final AppReader reader;
    private final ObjectNames names;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Lock telling = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable StreamResult<Event> open;
    private boolean started;

    ChangeFeed(Engine engine, AppReader reader, ObjectNames names) {
        this.engine = engine;
        this.reader = reader;
        this.names = names;
    }

    /** See {@link Target#watch}. A call under way when the watch is closed is not waited for. */
    Target.Watch watch(Target.Watcher watcher) {
        var subscription = new Subscription(watcher);
        telling.lock();
        try {
            subscription.tellAll(reader.all());
            subscriptions.add(subscription);
            if (!started) {
                started = true;
                Thread.ofVirtual().name("docker-changes").start(this::run);
            }
        } finally {
            telling.unlock();
        }
        return () -> {
            subscription.close();
            subscriptions.remove(subscription);
        };
    }

    @Override
    public void close() {
        closed.countDown();
        subscriptions.forEach(Subscription::close);
        StreamResult<Event> stream = open;
        if (stream != null) {
            stream.close();
        }
    }

    private void run() {
        try {
            Duration pause = FIRST_PAUSE;
            do {
                var signals = new LinkedBlockingQueue<Optional<AppName>>();
                try (StreamResult<Event> stream = openStream(signals)) {
                    tellAll();
                    pause = FIRST_PAUSE;
                    tellUntilTheEnd(stream, signals);
                } catch (RuntimeException e) {
                    if (!isClosed()) {
                        LOG.warn("lost the engine's events, asking again: {}", EngineErrors.message(e));
                    }
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Nobody does that; but if so, it means to end.
            Thread.currentThread().interrupt();
        }
    }

    /** Opens the stream; each event becomes the name of its app, its end becomes nothing. */
    private StreamResult<Event> openStream(BlockingQueue<Optional<AppName>> signals) {
        var stream = new StreamResult<Event>(event -> appOf(event).ifPresent(app -> signals.add(Optional.of(app))));
        stream.onEnd(() -> signals.add(Optional.empty()));
        open = stream;
        engine.tell("listen to the engine's events", () -> {
            String engineTime = engine.client().infoCmd().exec().getSystemTime();
            Instant since = OffsetDateTime.parse(engineTime).toInstant().minus(REPEATED);
            engine.client()
                    .eventsCmd()
                    .withSince(Long.toString(since.getEpochSecond()))
                    .withEventTypeFilter(EventType.CONTAINER)
                    .withEventFilter(TELLING_EVENTS)
                    .withLabelFilter(Labels.of(names.namespace()))
                    .exec(stream);
        });
        return stream;
    }

    private void tellUntilTheEnd(StreamResult<Event> stream, BlockingQueue<Optional<AppName>> signals)
            throws InterruptedException {
        while (!isClosed()) {
            Optional<AppName> first = signals.poll(LONGEST_SILENCE.toSeconds(), TimeUnit.SECONDS);
            if (first == null) {
                return;
            }
            Set<Optional<AppName>> changed = new LinkedHashSet<>();
            changed.add(first);
            // One replacement causes half a dozen events: look once.
            signals.drainTo(changed);
            boolean ended = changed.remove(Optional.<AppName>empty());
            changed.forEach(app -> tell(app.orElseThrow()));
            if (ended) {
                stream.await();
                return;
            }
        }
    }

    private void tell(AppName app) {
        telling.lock();
        try {
            Optional<AppStatus> status = reader.find(app);
            subscriptions.forEach(subscription -> subscription.tell(app, status));
        } finally {
            telling.unlock();
        }
    }

    private void tellAll() {
        telling.lock();
        try {
            List<AppStatus> statuses = reader.all();
            subscriptions.forEach(subscription -> subscription.tellAll(statuses));
        } finally {
            telling.unlock();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private Optional<AppName> appOf(Event event) {
        return Optional.ofNullable(event.getActor())
                .flatMap(actor -> Optional.ofNullable(actor.getAttributes()))
                .flatMap(labels -> Labels.app(labels, names.namespace()));
    }
}
