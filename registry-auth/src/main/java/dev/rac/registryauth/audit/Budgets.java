package dev.rac.registryauth.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many new entries of a kind are written one by one: of all sources, and of each one, so that none uses up the
 * others'. Thread-safe.
 */
final class Budgets {
    static final int BURST = 2_000;
    static final int BURST_OF_SOURCE = 500;
    private static final int PER_SECOND = 50;
    private static final int PER_SECOND_OF_SOURCE = 12;
    private static final int MAX_SOURCES = 10_000;

    private final Map<AuditEvent.Kind, AtomicInteger> all = new EnumMap<>(AuditEvent.Kind.class);
    // Those that have used some of theirs.
    private final Map<Share, AtomicInteger> shares = new ConcurrentHashMap<>();

    private record Share(AuditEvent.Kind kind, String source) {}

    Budgets() {
        for (var kind : AuditEvent.Kind.values()) {
            all.put(kind, new AtomicInteger(BURST));
        }
    }

    /** Takes one of a source's and of all sources' budget, if there is one. */
    boolean take(AuditEvent.Kind kind, String source) {
        var share = new Share(kind, source);
        AtomicInteger mine = shares.get(share);
        if (mine == null && shares.size() < MAX_SOURCES) {
            mine = shares.computeIfAbsent(share, first -> new AtomicInteger(BURST_OF_SOURCE));
        }
        return (mine == null || take(mine)) && take(all.getOrDefault(kind, new AtomicInteger()));
    }

    /** Called once a second. */
    void renew() {
        all.values().forEach(left -> renew(left, PER_SECOND, BURST));
        shares.values().removeIf(left -> renew(left, PER_SECOND_OF_SOURCE, BURST_OF_SOURCE) == BURST_OF_SOURCE);
    }

    private static boolean take(AtomicInteger left) {
        return left.get() > 0 && left.decrementAndGet() >= 0;
    }

    private static int renew(AtomicInteger left, int perSecond, int burst) {
        return left.updateAndGet(now -> Math.min(burst, Math.max(0, now) + perSecond));
    }
}
