package dev.rac.e2e;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask one request after another, and what they were answered. Thread-safe. */
final class ConstantLoad implements AutoCloseable {
    private static final int MAX_FAILURES = 20;

    private final Callable<HttpResponse<String>> request;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean closed;

    /** Begins. */
    ConstantLoad(int clients, Callable<HttpResponse<String>> request) {
        this.request = request;
        for (int i = 0; i < clients; i++) {
            threads.execute(this::ask);
        }
    }

    private void ask() {
        while (!closed && failures.size() < MAX_FAILURES) {
            try {
                HttpResponse<String> response = request.call();
                if (response.statusCode() == 200) {
                    bodies.add(response.body().strip());
                } else {
                    failures.add(response.statusCode() + " " + response.body());
                }
            } catch (Exception e) {
                failures.add(e.toString());
            }
            answers.incrementAndGet();
        }
    }

    /** Goes on for some seconds, in each of which there are answers. */
    void awaitMore(long seconds) {
        for (long second = 0; second < seconds; second++) {
            long before = answers.get();
            await().pollDelay(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> answers.get() > before);
        }
    }

    /** Every answer but 200, and every exception. */
    List<String> failures() {
        return failures;
    }

    /** The different pages that came. */
    Set<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
