package dev.rac.bench.registryauth;

/** How many requests are sent. */
enum Mode {
    /** As many as are answered. */
    CAPACITY,
    /** Half of what is answered without a flood in the same round, at a fixed rate. */
    HALF
}
