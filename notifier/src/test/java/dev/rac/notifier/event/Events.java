package dev.rac.notifier.event;

/** Notifications as registries send them. */
final class Events {
    static final String DIGEST = "sha256:" + "ab".repeat(32);
    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private Events() {}

    /** What Distribution 2.8 sends for a push by tag. */
    static String push(String id, String repository, String tag) {
        return envelope(event(id, "push", OCI_MANIFEST, repository, tag));
    }

    static String event(String id, String action, String mediaType, String repository, String tag) {
        return """
                {"id": "%s", "timestamp": "2026-03-01T10:00:00.123456789Z", "action": "%s",
                 "target": {"mediaType": "%s", "size": 708, "digest": "%s", "length": 708, "repository": "%s",
                            "url": "http://localhost/v2/x/manifests/y", "tag": "%s"},
                 "request": {"id": "r", "addr": "127.0.0.1:1", "host": "localhost", "method": "PUT",
                             "useragent": "docker/28"},
                 "actor": {"name": "alice"}, "source": {"addr": "host:5000", "instanceID": "i"}}
                """.formatted(id, action, mediaType, DIGEST, repository, tag);
    }

    static String envelope(String... events) {
        return "{\"events\": [" + String.join(",", events) + "]}";
    }
}
