package dev.rac.edgeproxy.route;

/** What stands behind the front door's own host. */
public enum Service {
    REGISTRY("registry"),
    AUTH("registry-auth"),
    NOTIFIER("notifier");

    private final String title;

    Service(String title) {
        this.title = title;
    }

    /** Its name in messages and metrics. */
    public String title() {
        return title;
    }
}
