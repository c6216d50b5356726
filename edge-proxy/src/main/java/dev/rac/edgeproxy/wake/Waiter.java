package dev.rac.edgeproxy.wake;

/**
 * A request that asks to pass. One of the two methods is called, once, on any thread, unless the waiter is
 * {@linkplain AppGate#abandon(Waiter) abandoned} before.
 */
public interface Waiter {
    /** It passes, and is counted as in flight until {@link AppGate#leave()}. */
    void admit(Upstream upstream);

    /** It does not pass. */
    void refuse(Refusal refusal);
}
