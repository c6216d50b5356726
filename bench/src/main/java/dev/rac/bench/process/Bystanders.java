package dev.rac.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How much of the cores other programs take while something is measured: it should be next to nothing. */
public final class Bystanders {
    private static final Path STAT = Path.of("/proc/stat");
    // user, nice, system; irq, softirq, steal. Between them, nobody has the core.
    private static final List<Integer> BUSY_COLUMNS = List.of(1, 2, 3, 6, 7, 8);
    private static final Duration TICK = Duration.ofMillis(10);

    private final List<ServerProcess> servers;
    private final long beganNanos = System.nanoTime();
    private final Duration othersBefore;

    /**
     * Begins to look.
     *
     * @param servers that do not count, as this process does not
     */
    public Bystanders(List<ServerProcess> servers) {
        this.servers = servers;
        this.othersBefore = others();
    }

    /** Of all time of all cores of the machine, 0 to 1, since the beginning. */
    public double share() {
        Duration others = others().minus(othersBefore);
        double all = (double) (System.nanoTime() - beganNanos) * cores();
        return Math.max(0, others.toNanos() / all);
    }

    private Duration others() {
        Duration ours = ServerProcess.cpuTime(ProcessHandle.current());
        for (ServerProcess server : servers) {
            ours = ours.plus(server.server().cpuTime().get());
        }
        return busy().minus(ours);
    }

    private static Duration busy() {
        String[] columns = stat().getFirst().split(" +", -1);
        return TICK.multipliedBy(BUSY_COLUMNS.stream()
                .mapToLong(column -> Long.parseLong(columns[column]))
                .sum());
    }

    private static long cores() {
        return stat().stream().filter(line -> line.matches("cpu\\d+ .*")).count();
    }

    private static List<String> stat() {
        try {
            return Arrays.asList(Files.readString(STAT).split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException("only Linux tells the time of its processors in " + STAT, e);
        }
    }
}
