package dev.rac.targets.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;

/**
 * Makes each request on a connection of its own. A kept one may be dead, after the engine was restarted or a firewall
 * forgot it, which is found out too late: a POST is not sent twice. A new one costs a fraction of a millisecond.
 */
record FreshConnections(DockerHttpClient http) implements DockerHttpClient {
    @Override
    public Response execute(Request request) {
        Request.Builder closing = Request.builder();
        closing.from(request);
        // RFC 9112, section 9.6: neither side keeps the connection.
        closing.putHeader("Connection", "close");
        return http.execute(closing.build());
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
