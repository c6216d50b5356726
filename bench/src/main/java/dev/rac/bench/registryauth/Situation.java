package dev.rac.bench.registryauth;

/** What else there is while something is measured. */
enum Situation {
    /** Nothing, and a small database. */
    FEW_CLAIMS,
    /** The same, while others send wrong passwords. */
    FLOOD,
    /** Nothing, and a large database. */
    MANY_CLAIMS,
    /** No token server at all, but the HTTP server with a constant body. */
    CONSTANT_BODY
}
