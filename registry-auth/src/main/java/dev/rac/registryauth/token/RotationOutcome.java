package dev.rac.registryauth.token;

import io.javalin.http.HttpStatus;

/** How far a rotation of keys has come. */
enum RotationOutcome {
    ROTATED(HttpStatus.OK, "", ""),
    DONE(HttpStatus.OK, "authority", ""),
    DROPPED(HttpStatus.OK, "authority, old dropped", ""),
    /** Others have to restart the registry, and to call again. */
    ANNOUNCED(HttpStatus.ACCEPTED, "authority announced", ""),
    /** Others have to restart the registry. */
    DROPPED_HERE(HttpStatus.ACCEPTED, "authority, old dropped, registry to be restarted", ""),
    NOT_BEGUN(
            HttpStatus.SERVICE_UNAVAILABLE,
            "authority announced, registry not restarted",
            "the next token authority is announced, but the registry did not start again: the old key signs on, and"
                    + " nothing is dropped; see the log, and call this again when the registry is up"),
    NOT_ENDED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "authority, registry not restarted",
            "the next authority's key signs, but the registry did not start again: until it does, it may take tokens of"
                    + " the old key; see the log, and restart RAC, or call this again, which then restarts the registry"
                    + " and rotates nothing");

    private final HttpStatus status;
    private final String audited;
    private final String problem;

    RotationOutcome(HttpStatus status, String audited, String problem) {
        this.status = status;
        this.audited = audited;
        this.problem = problem;
    }

    HttpStatus status() {
        return status;
    }

    /** What the audit log says of it. */
    String audited() {
        return audited;
    }

    /** What is left to do after a failure; empty if nothing failed. */
    String problem() {
        return problem;
    }
}
