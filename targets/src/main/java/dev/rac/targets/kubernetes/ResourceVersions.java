package dev.rac.targets.kubernetes;

/** Compares versions of objects of one kind, which Kubernetes counts up. Pure. */
final class ResourceVersions {
    private ResourceVersions() {}

    /** Whether what has the version {@code seen} was written no earlier than what has the version {@code wanted}. */
    static boolean reached(String seen, String wanted) {
        // Decimal numbers without leading zeros: the longer one is the larger one.
        return seen.length() == wanted.length() ? seen.compareTo(wanted) >= 0 : seen.length() > wanted.length();
    }
}
