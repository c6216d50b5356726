package dev.rac.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;

/** Sends requests over one connection when they are due, until the time is up. */
final class TimedClient implements Callable<Tally> {
    private final Connection connection;
    private final Requests requests;
    private final Schedule schedule;
    private final long end;

    TimedClient(Connection connection, Requests requests, Schedule schedule, long end) {
        this.connection = connection;
        this.requests = requests;
        this.schedule = schedule;
        this.end = end;
    }

    @Override
    public Tally call() throws IOException {
        var tally = new Tally();
        for (long number = 0; ; number++) {
            // Made before its time, which is then the server's alone.
            ByteBuffer request = requests.next();
            long due = schedule.due(number);
            if (due - end >= 0) {
                return tally;
            }
            Wait.until(due);
            int status = connection.exchange(request);
            tally.add(status, System.nanoTime() - due);
        }
    }
}
