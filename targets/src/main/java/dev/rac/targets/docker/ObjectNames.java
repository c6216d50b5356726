package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What our objects on an engine are called.
 *
 * @param namespace see {@link DockerSettings#namespace()}
 */
record ObjectNames(String namespace) {
    private static final int SHORT_ID = 12;

    /** The app's container at rest. */
    String container(AppName app) {
        return namespace + "-" + app;
    }

    /** The container that takes the place of {@link #container} as soon as that is stopped and removed. */
    String next(AppName app) {
        return container(app) + ".next";
    }

    /** A container whose app is removed, until it is stopped and removed itself. */
    String gone(AppName app) {
        return container(app) + ".gone";
    }

    /** A container that runs beside the app's, and takes its place once it answers. */
    String candidate(AppName app) {
        return container(app) + ".new";
    }

    /** What the names of an app's replaced containers begin with, while they serve their last requests. */
    String retired(AppName app) {
        return container(app) + ".old-";
    }

    /** A replaced container, while it serves its last requests. */
    String retired(AppName app, String containerId) {
        return retired(app) + containerId.substring(0, SHORT_ID);
    }

    String network() {
        return namespace;
    }

    /** A volume's name depends on the app's name and the path alone, so that every revision finds it. */
    String volume(AppName app, String path) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return container(app) + "-" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
