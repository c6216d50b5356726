package dev.rac.targets;

/** What an app does on its target, as observed. */
public enum AppState {
    /** Nothing runs. */
    ASLEEP,
    /** Started, but without an address yet. */
    WAKING,
    /** At least one instance runs and has an address. */
    AWAKE,
    /** Nothing runs, because the last start or run ended badly; a wake tries again. */
    FAILED
}
