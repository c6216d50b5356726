package dev.rac.edgeproxy.accesslog;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when the access log cannot be written at start. */
public final class AccessLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AccessLogException(Path file, IOException cause) {
        super(
                "the access log " + file + " cannot be written (" + cause + "); set RAC_ACCESS_LOG to another file",
                cause);
    }
}
