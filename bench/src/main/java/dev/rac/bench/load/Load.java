package dev.rac.bench.load;

import dev.rac.bench.figure.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Load from platform threads with blocking sockets: two system calls a request, and nothing between. */
public final class Load {
    /** Enough to keep two cores busy; more only wait for each other. */
    private static final int CONNECTIONS = 16;

    private static final int BATCH_THREADS = 2;
    // Many: a slow answer delays nobody else's request.
    private static final int TIMED_CONNECTIONS = 48;
    // Until every thread is there.
    private static final Duration LEAD = Duration.ofMillis(20);

    private final Server server;
    private final Supplier<Requests> requests;

    /**
     * Prepares load.
     *
     * @param requests gives each connection its own
     */
    public Load(Server server, Supplier<Requests> requests) {
        this.server = server;
        this.requests = requests;
    }

    /** Sends as many requests as are answered. */
    public Measured atCapacity(Duration time) {
        return atCapacity(time, CONNECTIONS);
    }

    /**
     * Sends as many requests as are answered.
     *
     * @param connections an even number
     */
    public Measured atCapacity(Duration time, int connections) {
        return run(time, connections, (open, start, end) -> {
            int batch = open.size() / BATCH_THREADS;
            return IntStream.range(0, BATCH_THREADS)
                    .<Callable<Tally>>mapToObj(i -> new BatchClient(
                            open.subList(i * batch, (i + 1) * batch),
                            Stream.generate(requests).limit(batch).toList(),
                            start,
                            end))
                    .toList();
        });
    }

    /** Sends requests at a fixed rate, whatever is answered. */
    public Measured atRate(double perSecond, Duration time) {
        return run(
                time,
                TIMED_CONNECTIONS,
                (open, start, end) -> IntStream.range(0, open.size())
                        .<Callable<Tally>>mapToObj(i -> new TimedClient(
                                open.get(i), requests.get(), Schedule.of(start, perSecond, i, open.size()), end))
                        .toList());
    }

    private interface Clients {
        List<Callable<Tally>> of(List<Connection> open, long start, long end);
    }

    private Measured run(Duration time, int connections, Clients clients) {
        try (var open = Connections.open(server.address(), connections)) {
            long start = System.nanoTime() + LEAD.toNanos();
            List<Callable<Tally>> work = clients.of(open.all(), start, start + time.toNanos());
            Duration server0 = server.cpuTime().get();
            Duration generator0 = OwnCpu.time();
            List<Tally> tallies = open.run(work, time);
            return measured(
                    tallies,
                    Duration.ofNanos(System.nanoTime() - start),
                    server.cpuTime().get().minus(server0),
                    OwnCpu.time().minus(generator0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + server.address(), e);
        }
    }

    private static Measured measured(List<Tally> tallies, Duration elapsed, Duration serverCpu, Duration generatorCpu) {
        Map<Integer, Integer> refused = new TreeMap<>();
        for (Tally tally : tallies) {
            tally.refused().forEach((status, count) -> refused.merge(status, count, Integer::sum));
        }
        var latencies = Latencies.of(tallies.stream().map(Tally::nanos).toList());
        return new Measured(latencies, refused, elapsed, serverCpu, generatorCpu);
    }
}
