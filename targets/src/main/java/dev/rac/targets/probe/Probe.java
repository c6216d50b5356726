package dev.rac.targets.probe;

import dev.rac.targets.App;
import dev.rac.targets.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks an instance whether it answers: its port by a connection, or its health path by {@code GET}. Blocks.
 *
 * @param path the health path, if the app has one
 * @param host what the {@code Host} header says
 */
public record Probe(Optional<String> path, String host) {
    /** 200 to 399, as kubelet's HTTP probes have it. */
    private static final Pattern READY = Pattern.compile("HTTP/1\\.[01] [23]\\d\\d\\b.*");

    private static final int STATUS_LINE_BYTES = 32;

    /** Whether an instance answers now. */
    public boolean answers(Endpoint endpoint, Duration connectTimeout, Duration answerTimeout) {
        try (var socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) connectTimeout.toMillis());
            return path.isEmpty() || isReady(socket, path.get(), answerTimeout);
        } catch (IOException e) {
            // Not yet: that it may never be is decided by who asks, not by one probe.
            return false;
        }
    }

    /** The probe for an app that is reached under a host. */
    public static Probe of(App app, String host) {
        return new Probe(app.health().path(), host);
    }

    /** What to say of an app that does not answer in its time. */
    public static String unanswered(App app) {
        String what = app.health()
                .path()
                .map(path -> "GET " + path + " on port " + app.port() + " was not answered with 200 to 399")
                .orElse("it did not listen on port " + app.port());
        return what + " within " + text(app.health().timeout());
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private boolean isReady(Socket socket, String healthPath, Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
        String request = "GET " + healthPath + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: rac-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var line = new String(socket.getInputStream().readNBytes(STATUS_LINE_BYTES), StandardCharsets.ISO_8859_1);
        return READY.matcher(line.lines().findFirst().orElse("")).matches();
    }
}
