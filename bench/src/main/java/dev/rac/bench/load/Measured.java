package dev.rac.bench.load;

import dev.rac.bench.figure.Latencies;
import java.time.Duration;
import java.util.Map;

/**
 * What one round of load found.
 *
 * @param latencies of what was answered with 200; at capacity, of batches
 * @param refused how many had another status
 * @param serverCpu the processor time that the server took
 * @param generatorCpu the processor time that sending the requests took
 */
public record Measured(
        Latencies latencies,
        Map<Integer, Integer> refused,
        Duration elapsed,
        Duration serverCpu,
        Duration generatorCpu) {
    private static final double NANOS_PER_MICRO = 1e3;

    /** Requests answered with 200 in a second. */
    public double perSecond() {
        return latencies.count() / seconds(elapsed);
    }

    public double p50Millis() {
        return latencies.percentileMillis(50);
    }

    public double p99Millis() {
        return latencies.percentileMillis(99);
    }

    /** The server's processor time for each request that it answered with 200, in microseconds. */
    public double serverMicros() {
        return serverCpu.toNanos() / NANOS_PER_MICRO / latencies.count();
    }

    /** The load generator's processor time for each of them, in microseconds. */
    public double generatorMicros() {
        return generatorCpu.toNanos() / NANOS_PER_MICRO / latencies.count();
    }

    /** How much of the processors' time the two took, 0 to 1. */
    public double busy() {
        double all = seconds(elapsed) * Runtime.getRuntime().availableProcessors();
        return (seconds(serverCpu) + seconds(generatorCpu)) / all;
    }

    /** How many were not answered with 200. */
    public int refusals() {
        return refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
