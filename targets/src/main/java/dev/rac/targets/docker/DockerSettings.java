package dev.rac.targets.docker;

import dev.rac.targets.Updates;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Which engine, and which of its objects are ours.
 *
 * @param namespace prefix and label of every object that this RAC makes: lower-case letters, digits and dashes, at most
 *     32 characters
 * @param engine {@code unix:///path} or {@code tcp://host:port}
 */
public record DockerSettings(String namespace, URI engine, Updates updates) {
    /** Where a local engine listens unless {@code DOCKER_HOST} says otherwise. */
    public static final URI LOCAL_ENGINE = URI.create("unix:///var/run/docker.sock");

    // An object's longest name is then 32 + 63 (the app's name) + 2 dashes + 16 (a hash), or plus ".old-" and 12
    // digits.
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

    public DockerSettings {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "not a namespace (1 to 32 lower-case letters, digits and dashes): " + namespace);
        }
        boolean local = "unix".equals(engine.getScheme()) && engine.getPath() != null;
        boolean remote = "tcp".equals(engine.getScheme()) && engine.getHost() != null && engine.getPort() > 0;
        if (!local && !remote) {
            throw new IllegalArgumentException("not an engine's address (unix:///path or tcp://host:port): " + engine);
        }
    }

    /** The local engine. */
    public static DockerSettings local(String namespace, Updates updates) {
        return new DockerSettings(namespace, LOCAL_ENGINE, updates);
    }
}
