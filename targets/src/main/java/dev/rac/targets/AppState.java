package dev.rac.targets;

/** What an app does on its target, as observed. */
public enum AppState {
    /** Nothing runs. */
    ASLEEP,
    /** Started, but without an address yet. */
    WAKING,
    /** At least one instance runs and has an address. */
    AWAKE,
    /** Its processes are paused, and nothing of it answers; a wake lets them go on. */
    FROZEN,
    /** Nothing runs, because the last start or run ended badly; a wake tries again. */
    FAILED
}
