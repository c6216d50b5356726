package dev.rac.targets.probe;

import dev.rac.targets.App;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Failure;
import dev.rac.targets.TargetException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits until an instance that was started answers. Blocks. Thread-safe. */
public final class Readiness {
    /** How often the platform is asked what became of the instance, while it does not answer. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final InstantSource clock;

    public Readiness(InstantSource clock) {
        this.clock = clock;
    }

    /** What the platform says of an instance. */
    public sealed interface Seen {
        /** It runs, or is about to; without an address yet where there are no endpoints. */
        record Running(List<Endpoint> endpoints) implements Seen {}

        /** Somebody stopped it before it answered or failed: nothing more is found out. */
        record Stopped() implements Seen {}

        /** It ended, or cannot be started. */
        record Ended(Failure failure) implements Seen {}
    }

    /**
     * Waits for the first answer.
     *
     * @param host what probes name as their host
     * @param look asks the platform
     * @return nothing once it answers, or was stopped; else why it never will, or not in time
     * @throws TargetException if interrupted
     */
    public Optional<Failure> await(App app, String host, Supplier<Seen> look) {
        Probe probe = Probe.of(app, host);
        long begun = System.nanoTime();
        Seen seen = look.get();
        long looked = begun;
        for (int tries = 0; ; tries++) {
            switch (seen) {
                case Seen.Stopped() -> {
                    return Optional.empty();
                }
                case Seen.Ended(Failure failure) -> {
                    return Optional.of(failure);
                }
                case Seen.Running(List<Endpoint> endpoints) -> {
                    for (Endpoint endpoint : endpoints) {
                        if (probe.answers(endpoint, Patience.connectTimeout(tries), Patience.answerTimeout(tries))) {
                            return Optional.empty();
                        }
                    }
                    if (since(begun).compareTo(app.health().timeout()) >= 0) {
                        return Optional.of(
                                new Failure(Probe.unanswered(app), Optional.empty(), clock.instant(), List.of()));
                    }
                    pause(app, Patience.pause(tries));
                    if (endpoints.isEmpty() || since(looked).compareTo(LOOK) >= 0) {
                        seen = look.get();
                        looked = System.nanoTime();
                    }
                }
            }
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void pause(App app, Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException("interrupted while waiting for the first answer of " + app.name(), e);
        }
    }
}
