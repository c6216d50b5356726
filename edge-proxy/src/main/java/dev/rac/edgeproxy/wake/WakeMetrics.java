package dev.rac.edgeproxy.wake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of starts and stops. Thread-safe. */
final class WakeMetrics {
    private final Timer turn;
    private final Timer address;
    private final Timer answer;
    private final Timer total;
    private final Counter failed;
    private final Counter sleeps;
    private final Counter freezes;

    /**
     * Registers the meters.
     *
     * @param heldByAll how many requests wait for all apps together
     * @param frozenBytes what frozen apps hold of the host's memory
     */
    WakeMetrics(MeterRegistry registry, AtomicInteger heldByAll, AtomicLong frozenBytes) {
        this.turn = phase(registry, "turn");
        this.address = phase(registry, "address");
        this.answer = phase(registry, "answer");
        this.total = phase(registry, "total");
        this.failed = Counter.builder("rac_wakes_failed")
                .description("Starts that came to nothing")
                .register(registry);
        this.sleeps = Counter.builder("rac_sleeps")
                .description("Apps put to sleep because nobody asked for them")
                .register(registry);
        this.freezes = Counter.builder("rac_freezes")
                .description("Apps frozen because nobody asked for them")
                .register(registry);
        Gauge.builder("rac_requests_waiting", heldByAll, AtomicInteger::get)
                .description("Requests that wait for an app to start")
                .register(registry);
        Gauge.builder("rac_frozen_bytes", frozenBytes, AtomicLong::get)
                .description("What frozen apps hold of the host's memory")
                .register(registry);
    }

    /** The target was asked after a while of other starts, and said the address so long afterwards. */
    void addressKnown(Duration waited, Duration sinceAsked) {
        turn.record(waited);
        address.record(sinceAsked);
    }

    /** The app answered. */
    void answered(Duration sinceAddress, Duration sinceDecision) {
        answer.record(sinceAddress);
        total.record(sinceDecision);
    }

    void wakeFailed() {
        failed.increment();
    }

    void frozen() {
        freezes.increment();
    }

    void slept() {
        sleeps.increment();
    }

    private static Timer phase(MeterRegistry registry, String phase) {
        return Timer.builder("rac_cold_start")
                .description(
                        "Cold starts: until their turn, from there until the address was known, from there until the app"
                                + " answered, and all")
                .tag("phase", phase)
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
    }
}
