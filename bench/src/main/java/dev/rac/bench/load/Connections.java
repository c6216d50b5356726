package dev.rac.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connections to one server, and the threads that use them. For one thread. */
final class Connections implements AutoCloseable {
    // What waits for a turn of bcrypt under a flood of passwords takes some seconds.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Connection> all = new ArrayList<>();

    private Connections() {}

    static Connections open(InetSocketAddress address, int count) throws IOException {
        var connections = new Connections();
        try {
            for (int i = 0; i < count; i++) {
                connections.all.add(Connection.open(address));
            }
            return connections;
        } catch (IOException e) {
            connections.close();
            throw e;
        }
    }

    List<Connection> all() {
        return all;
    }

    /**
     * Does work that uses the connections, each on a thread of its own.
     *
     * @param time how long it should take
     * @throws LoadException if it fails, or takes much longer
     */
    List<Tally> run(List<Callable<Tally>> work, Duration time) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            return results(work.stream().map(threads::submit).toList(), time.plus(PATIENCE));
        }
    }

    private List<Tally> results(List<Future<Tally>> running, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        var tallies = new ArrayList<Tally>();
        try {
            for (Future<Tally> one : running) {
                tallies.add(one.get(Math.max(end - System.nanoTime(), 0), TimeUnit.NANOSECONDS));
            }
            return tallies;
        } catch (ExecutionException | TimeoutException e) {
            // Ends those that still wait for an answer.
            close();
            throw new LoadException("the server did not answer as it should", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
