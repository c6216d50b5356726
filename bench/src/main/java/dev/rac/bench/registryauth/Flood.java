package dev.rac.bench.registryauth;

import dev.rac.bench.load.Connection;
import dev.rac.bench.load.LoadException;
import dev.rac.bench.process.Pause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that send wrong passwords: ever other names from ever other addresses, so that nothing is refused for its name
 * or its address. Each sends the next one when the last one is answered, or {@link #AFTER_REFUSAL} after a refusal.
 */
final class Flood implements AutoCloseable {
    static final int CLIENTS = 100;

    /** Without it, clients of the same machine would take its processors with asking alone. */
    static final Duration AFTER_REFUSAL = Duration.ofMillis(100);

    // Until what can wait for bcrypt waits.
    private static final Duration RISE = Duration.ofSeconds(2);
    private static final int TOO_MANY_REQUESTS = 429;

    private final InetSocketAddress server;
    private final AtomicInteger sequence;
    private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();
    private final long began = System.nanoTime();
    private volatile boolean over;

    /**
     * Begins a flood, and waits until it is there.
     *
     * @param sequence counts the names and addresses, and is shared by all floods
     */
    static Flood begin(InetSocketAddress server, AtomicInteger sequence) {
        var flood = new Flood(server, sequence);
        for (int i = 0; i < CLIENTS; i++) {
            flood.clients.add(flood.threads.submit(flood::client, null));
        }
        Pause.of(RISE);
        return flood;
    }

    private Flood(InetSocketAddress server, AtomicInteger sequence) {
        this.server = server;
        this.sequence = sequence;
    }

    /** How many had which status in a second. */
    Map<Integer, Double> answersPerSecond() {
        double seconds = (System.nanoTime() - began) / 1e9;
        var perSecond = new ConcurrentSkipListMap<Integer, Double>();
        answers.forEach((status, count) -> perSecond.put(status, count.sum() / seconds));
        return perSecond;
    }

    private void client() {
        try (var connection = Connection.open(server)) {
            while (!over) {
                int status = connection.exchange(request(sequence.getAndIncrement()));
                answers.computeIfAbsent(status, missing -> new LongAdder()).increment();
                if (status == TOO_MANY_REQUESTS) {
                    Pause.of(AFTER_REFUSAL);
                }
            }
        } catch (IOException e) {
            throw new LoadException("the flood was not answered", e);
        }
    }

    private static ByteBuffer request(int number) {
        String address = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
        String text = HttpText.get(
                List.of("flood/repo"),
                "X-Forwarded-For: " + address,
                HttpText.basic("flood" + number, "wrong-password"));
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends it, and waits until no password of it is left to check. */
    @Override
    public void close() {
        over = true;
        threads.close();
        for (Future<?> client : clients) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new LoadException("the flood was not answered", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LoadException("interrupted", e);
            }
        }
    }
}
