package dev.rac.targets.docker;

import com.github.dockerjava.core.RemoteApiVersion;

/** Which version of the Engine's API to speak: an engine refuses any above its own, and newer ones the oldest. */
final class ApiVersions {
    /** The newest that this adapter is made for. */
    static final RemoteApiVersion NEWEST = RemoteApiVersion.create(1, 44);

    private ApiVersions() {}

    /**
     * The newest version that both sides know.
     *
     * @param engines the engine's own, such as {@code 1.41}
     * @param enginesOldest the oldest that the engine accepts
     * @throws IllegalArgumentException if one of them is no version
     */
    static RemoteApiVersion negotiate(String engines, String enginesOldest) {
        RemoteApiVersion newest = RemoteApiVersion.parseConfig(engines);
        RemoteApiVersion oldest = RemoteApiVersion.parseConfig(enginesOldest);
        RemoteApiVersion common = newest.isGreater(NEWEST) ? NEWEST : newest;
        return oldest.isGreater(common) ? oldest : common;
    }
}
