package dev.rac.notifier.event;

/** One event of a notification, as far as it matters here. */
sealed interface Event {

    /** A push that may deploy. */
    record Deployable(Push push) implements Event {}

    /** Anything else. */
    record Other(Reason reason) implements Event {}

    /** Why an event does not deploy. */
    enum Reason {
        /** A pull, a deletion, a mount, or an action that is not known here. */
        ACTION,
        /** A blob, or a manifest that is no image. */
        MEDIA_TYPE,
        /** A manifest pushed by digest alone, such as an index's entry, an attestation or a signature. */
        UNTAGGED,
        /** A field is missing, or is not what the registry's grammar allows. */
        MALFORMED
    }
}
