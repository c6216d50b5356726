package dev.rac.bench.registryauth;

import dev.rac.bench.load.Requests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The same request again and again. */
final class SameRequest implements Requests {
    private final ByteBuffer request;

    SameRequest(String text) {
        this.request = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public ByteBuffer next() {
        return request.rewind();
    }
}
