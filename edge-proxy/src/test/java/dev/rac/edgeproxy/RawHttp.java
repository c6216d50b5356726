package dev.rac.edgeproxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer as it came over a bare connection.
 *
 * @param headers by lower-case name, the last of each
 */
public record RawHttp(int status, Map<String, String> headers, String body) {

    /** The lines of a request's head, as they go over the connection. */
    public static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Reads one answer, with its body if that has a length or chunks. */
    public static RawHttp read(InputStream in) throws IOException {
        RawHttp head = readHead(in);
        if (head.headers().containsKey("content-length")) {
            int length = Integer.parseInt(head.headers().get("content-length"));
            return head.with(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        if (head.headers().getOrDefault("transfer-encoding", "").equals("chunked")) {
            return head.with(readChunks(in));
        }
        return head;
    }

    /** Reads one answer's status and headers. */
    public static RawHttp readHead(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        var headers = new TreeMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            List<String> parts = List.of(line.split(":", 2));
            headers.put(parts.get(0).toLowerCase(Locale.ROOT), parts.get(1).strip());
        }
        return new RawHttp(status, headers, "");
    }

    private RawHttp with(String text) {
        return new RawHttp(status, headers, text);
    }

    private static String readChunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended after \"" + line + "\"");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
