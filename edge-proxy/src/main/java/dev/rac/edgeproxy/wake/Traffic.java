package dev.rac.edgeproxy.wake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The answered requests of one app or service, counted by the class of their status. Thread-safe. */
public final class Traffic {
    private static final int CLASSES = 6;

    private final MeterRegistry registry;
    private final String app;
    // Made when first counted: thousands of apps that nobody asks for cost nothing.
    private final AtomicReferenceArray<@Nullable Counter> counters = new AtomicReferenceArray<>(CLASSES);

    public Traffic(MeterRegistry registry, String app) {
        this.registry = registry;
        this.app = app;
    }

    /** Counts an answer. */
    public void count(int status) {
        int statusClass = Math.clamp(status / 100, 1, CLASSES - 1);
        Counter counter = counters.get(statusClass);
        (counter == null ? register(statusClass) : counter).increment();
    }

    void remove() {
        for (int statusClass = 0; statusClass < CLASSES; statusClass++) {
            Counter counter = counters.getAndSet(statusClass, null);
            if (counter != null) {
                registry.remove(counter);
            }
        }
    }

    private Counter register(int statusClass) {
        Counter counter = Counter.builder("rac_requests")
                .description("Answered requests")
                .tag("app", app)
                .tag("status", statusClass + "xx")
                .register(registry);
        counters.set(statusClass, counter);
        return counter;
    }
}
