package dev.rac.e2e;

/** What runs apps, seen past RAC. */
interface Platform {
    /** What {@code RAC_TARGET} is set to. */
    String target();

    /** Whether apps are frozen before they are put to sleep. */
    boolean freezes();

    /** Whether it has an instance of an app, or will have one by itself. */
    boolean mayRun(String namespace, String app) throws Exception;

    /** Removes what it still holds of a namespace. */
    void cleanUp(String namespace) throws Exception;
}
