package dev.rac.notifier.event;

/** One event of a notification, as far as it matters here. */
sealed interface Event {

    /** A push that may deploy. */
    record Deployable(Push push) implements Event {}

    /** What never deploys: a pull, a deletion, a mount, a blob, or a manifest that was pushed by its digest alone. */
    record Other(Reason reason) implements Event {}

    /**
     * What is not understood, and may mean something to a later version.
     *
     * @param text the event as it came, in JSON
     */
    record Unknown(Reason reason, String text) implements Event {}

    /** Why an event does not deploy. */
    enum Reason {
        /** Nothing was pushed. */
        ACTION,
        /** A blob, or a manifest that is no image. */
        MEDIA_TYPE,
        /** A manifest pushed by digest alone, such as an index's entry, an attestation or a signature. */
        UNTAGGED,
        /** A field is missing, or is not what the registry's grammar allows. */
        MALFORMED
    }
}
