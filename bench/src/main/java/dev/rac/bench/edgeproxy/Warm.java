package dev.rac.bench.edgeproxy;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Aim;
import dev.rac.bench.figure.Figure;
import dev.rac.bench.load.Load;
import dev.rac.bench.load.Measured;
import dev.rac.bench.load.Server;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.process.ProcessException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Requests that find the app awake: how many a second pass each front door, one after another in every round. */
final class Warm {
    private static final Aim FASTER = new Aim("requests a second, to the faster peer", Aim.Bound.AT_LEAST, 1.2);
    private static final Aim FLAT = new Aim("requests a second with 10,000 routes, to 1", Aim.Bound.AT_LEAST, 0.95);
    private static final Aim TAIL = new Aim("response time, to the better peer", Aim.Bound.AT_MOST, 1);
    private static final int WARM_UPS = 12;

    private final Map<String, Server> doors;
    private final Effort effort;
    private final Point middle = new Point("36 bytes, 64 connections", "/small", 64, new Found());
    private final List<Point> points = List.of(
            new Point("36 bytes, 2 connections", "/small", 2, new Found()),
            middle,
            new Point("36 bytes, 512 connections", "/small", 512, new Found()),
            new Point("100 KB, 64 connections", "/large", 64, new Found()));
    private final Found p50 = new Found();
    private final Found p99 = new Found();

    private record Point(String text, String path, int connections, Found perSecond) {}

    /**
     * Prepares measuring.
     *
     * @param doors what requests pass, in the order of the columns
     */
    Warm(Map<String, Server> doors, Effort effort) {
        this.doors = doors;
        this.effort = effort;
    }

    String measure() {
        // A Java virtual machine compiles what runs often, and takes a minute of load to do so.
        doors.forEach((name, door) -> warmUp(door, name.startsWith(EdgeProxyBench.RAC) ? WARM_UPS : 1));
        for (int round = 0; round < effort.rounds(); round++) {
            for (Point point : points) {
                doors.forEach((name, door) -> point.perSecond().add(name, capacity(door, point, effort.warmUp())));
            }
            double rate = middle.perSecond().leastNow() / 2;
            doors.forEach((name, door) -> {
                Measured found = load(door, middle.path()).atRate(rate, effort.warmUp());
                p50.add(name, found.p50Millis());
                p99.add(name, found.p99Millis());
            });
        }
        return capacities() + latencies();
    }

    private void warmUp(Server door, int times) {
        for (int i = 0; i < times; i++) {
            points.forEach(point -> capacity(door, point, effort.warmUp().dividedBy(2)));
        }
    }

    private static double capacity(Server door, Point point, Duration time) {
        Measured found = load(door, point.path()).atCapacity(time, point.connections());
        if (found.refusals() > 0) {
            throw new ProcessException(found.refused() + " where all should be answered");
        }
        return found.perSecond();
    }

    private static Load load(Server door, String path) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + FixedTarget.APP + ".localhost:"
                + door.address().getPort() + "\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        return new Load(door, () -> {
            ByteBuffer mine = bytes.duplicate();
            return () -> mine.rewind();
        });
    }

    private String capacities() {
        var table = new Table(head("requests a second, kept connections", "**RAC to the faster: at least 1.2**"));
        points.forEach(point -> table.row(point.perSecond().row(point.text(), Math::max, FASTER)));
        Figure flat = Figure.ratio(
                middle.perSecond().of(EdgeProxyBench.MANY), middle.perSecond().of(EdgeProxyBench.RAC));
        return table + "With 10,000 routes instead of 1, RAC answers " + Numbers.of(flat)
                + " times as many (aim: at least " + FLAT.value() + "):" + Found.verdict(FLAT, flat) + ".\n\n";
    }

    private String latencies() {
        return new Table(head("at half the rate of the slowest, 36 bytes", "**RAC to the better: at most 1**"))
                .row(p50.row("p50, ms", Math::min, TAIL))
                .row(p99.row("p99, ms", Math::min, TAIL))
                .toString();
    }

    private String[] head(String what, String last) {
        return Stream.concat(Stream.concat(Stream.of(what), doors.keySet().stream()), Stream.of(last))
                .toArray(String[]::new);
    }
}
