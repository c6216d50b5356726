package dev.rac.edgeproxy.accesslog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * An answered request.
 *
 * @param client its address
 * @param path without the query, which may hold what is secret
 * @param bytes of the answer's body
 * @param millis from its head to the end of its answer, in milliseconds
 * @param requestId of a refusal by the front door itself, which tells it too
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record AccessLine(
        Instant time,
        String client,
        String protocol,
        String scheme,
        String method,
        String host,
        String path,
        int status,
        long bytes,
        double millis,
        Optional<String> userAgent,
        Optional<String> requestId) {}
