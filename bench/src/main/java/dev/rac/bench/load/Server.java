package dev.rac.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What requests are sent to.
 *
 * @param cpuTime the processor time that the server has taken since it began
 */
public record Server(InetSocketAddress address, Supplier<Duration> cpuTime) {}
