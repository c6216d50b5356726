package dev.rac.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Sends a request over each of its connections, reads all answers, and again, until the time is up. Most answers are
 * there when they are read, so that this takes half the processor time of a thread for each connection.
 */
final class BatchClient implements Callable<Tally> {
    private final List<Connection> connections;
    private final List<Requests> requests;
    private final long start;
    private final long end;

    /**
     * Prepares a client.
     *
     * @param requests of each connection
     */
    BatchClient(List<Connection> connections, List<Requests> requests, long start, long end) {
        this.connections = connections;
        this.requests = requests;
        this.start = start;
        this.end = end;
    }

    @Override
    public Tally call() throws IOException {
        var tally = new Tally();
        Wait.until(start);
        for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
            for (int i = 0; i < connections.size(); i++) {
                connections.get(i).send(requests.get(i).next());
            }
            for (Connection connection : connections) {
                int status = connection.receive();
                tally.add(status, System.nanoTime() - now);
            }
        }
        return tally;
    }
}
