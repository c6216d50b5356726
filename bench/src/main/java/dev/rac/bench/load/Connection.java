package dev.rac.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP/1.1 connection that is kept (RFC 9112). It does no more than find where an answer ends, so that measuring
 * takes little of the processors that are measured. For one thread; another may close it.
 */
public final class Connection implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 131_072;
    private static final int STATUS_BEGIN = 9;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(MAX_ANSWER_BYTES);
    private Head head = new Head(0, 0, 0);

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    // A body of unknown length comes in chunks.
    private record Head(int status, int end, int bodyLength) {}

    public static Connection open(InetSocketAddress address) throws IOException {
        var connection = new Connection(SocketChannel.open(address));
        connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return connection;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @return its status
     */
    public int exchange(ByteBuffer request) throws IOException {
        send(request);
        return receive();
    }

    /** Sends a request, whose answer is to be read before the next one is sent. */
    void send(ByteBuffer request) throws IOException {
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /**
     * Reads the whole answer.
     *
     * @return its status
     */
    int receive() throws IOException {
        in.clear();
        head = readHead();
        if (head.bodyLength() == Chunks.UNKNOWN) {
            var chunks = new Chunks(in, head.end());
            while (!chunks.complete()) {
                read();
            }
        } else {
            while (in.position() < head.end() + head.bodyLength()) {
                read();
            }
        }
        return head.status();
    }

    /** The body of the last answer. */
    public byte[] body() {
        if (head.bodyLength() == Chunks.UNKNOWN) {
            return new Chunks(in, head.end()).body();
        }
        var body = new byte[head.bodyLength()];
        in.get(head.end(), body);
        return body;
    }

    private Head readHead() throws IOException {
        int scanned = 0;
        while (true) {
            read();
            int end = headEnd(scanned);
            if (end > 0) {
                return parse(end);
            }
            scanned = Math.max(0, in.position() - 3);
        }
    }

    private int headEnd(int from) {
        for (int i = from; i + 3 < in.position(); i++) {
            if (in.get(i) == '\r' && in.get(i + 1) == '\n' && in.get(i + 2) == '\r' && in.get(i + 3) == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private Head parse(int end) {
        int status = (in.get(STATUS_BEGIN) - '0') * 100
                + (in.get(STATUS_BEGIN + 1) - '0') * 10
                + in.get(STATUS_BEGIN + 2)
                - '0';
        int length = status == 204 ? 0 : ContentLength.find(in, end).orElse(Chunks.UNKNOWN);
        return new Head(status, end, length);
    }

    private void read() throws IOException {
        if (!in.hasRemaining()) {
            throw new IOException("an answer is longer than " + MAX_ANSWER_BYTES + " bytes");
        }
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed the connection after \"" + received() + "\"");
        }
    }

    private String received() {
        var bytes = new byte[Math.min(in.position(), 200)];
        in.get(0, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
