package dev.rac.edgeproxy.wake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What frozen apps hold together of the host's memory, and which of them must give it back. Not thread-safe. */
final class FrozenMemory {
    private final List<Held> held = new ArrayList<>();
    private long bytes;

    private record Held(AppGate gate, long bytes, long lastActivityNanos) {}

    void add(AppGate gate) {
        gate.frozenBytes().ifPresent(amount -> {
            held.add(new Held(gate, amount, gate.lastActivityNanos()));
            bytes += amount;
        });
    }

    long bytes() {
        return bytes;
    }

    /** Those that have been without a request for longest, as many as hold what is over the limit. */
    List<AppGate> over(long limitBytes) {
        if (bytes <= limitBytes) {
            return List.of();
        }
        var over = new ArrayList<AppGate>();
        long rest = bytes;
        for (Held next : held.stream()
                .sorted(Comparator.comparingLong(Held::lastActivityNanos))
                .toList()) {
            if (rest <= limitBytes) {
                break;
            }
            if (next.bytes() > 0) {
                over.add(next.gate());
                rest -= next.bytes();
            }
        }
        return over;
    }
}
