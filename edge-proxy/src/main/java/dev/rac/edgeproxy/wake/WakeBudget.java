package dev.rac.edgeproxy.wake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many starts one source may cause: as many as in a minute at once, and then one at a time as they come back.
 * Whoever asks for one host after another cannot have a machine start everything that it holds. A source is an address;
 * of IPv6, a network of 56 bits, which is what many a household has. Thread-safe.
 */
public final class WakeBudget {
    /** Beyond so many sources at once, new ones share one budget: memory is bounded. */
    static final int MAX_SOURCES = 10_000;

    private static final int NETWORK_BYTES = 7;
    private static final ByteBuffer ALL_OTHERS = ByteBuffer.allocate(0);

    private final int perMinute;
    private final long nanosEach;
    private final LongSupplier nanoClock;
    /** When each source that has spent some will have all back. */
    private final Map<ByteBuffer, Long> wholeAt = new HashMap<>();

    /**
     * Makes the budgets, all whole.
     *
     * @param perMinute starts, at least 1
     */
    public WakeBudget(int perMinute, LongSupplier nanoClock) {
        this.perMinute = perMinute;
        this.nanosEach = Duration.ofMinutes(1).toNanos() / perMinute;
        this.nanoClock = nanoClock;
    }

    /**
     * Spends one start of a source.
     *
     * @return how long it must wait for the next one; zero if this one may be
     */
    public synchronized Duration take(InetAddress source) {
        long now = nanoClock.getAsLong();
        ByteBuffer key = key(source);
        if (!wholeAt.containsKey(key) && wholeAt.size() >= MAX_SOURCES) {
            wholeAt.values().removeIf(at -> at - now <= 0);
            key = wholeAt.size() >= MAX_SOURCES ? ALL_OTHERS : key;
        }
        Long known = wholeAt.get(key);
        long spentNanos = known == null ? 0 : Math.max(0, known - now);
        long tooMuchNanos = spentNanos + nanosEach - nanosEach * perMinute;
        if (tooMuchNanos > 0) {
            return Duration.ofNanos(tooMuchNanos);
        }
        wholeAt.put(key, now + spentNanos + nanosEach);
        return Duration.ZERO;
    }

    private static ByteBuffer key(InetAddress source) {
        byte[] address = source.getAddress();
        return source instanceof Inet6Address ? ByteBuffer.wrap(address, 0, NETWORK_BYTES) : ByteBuffer.wrap(address);
    }
}
