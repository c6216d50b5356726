package dev.rac.bench.registryauth;

import dev.rac.bench.load.Load;
import dev.rac.bench.process.ServerProcess;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The HTTP server alone: the same requests as a token server gets, answered with a token that it once gave. */
final class ConstantBody implements AutoCloseable {
    private final TokenServer model;
    private final ServerProcess process;

    static ConstantBody start(TokenServer model, Path log) {
        var process = ServerProcess.start(List.of("dev.rac.bench.process.ConstantServer"), Map.of(), log);
        return new ConstantBody(model, process);
    }

    private ConstantBody(TokenServer model, ServerProcess process) {
        this.model = model;
        this.process = process;
    }

    ServerProcess process() {
        return process;
    }

    /** Load of this kind; the body does not change until the next one. */
    Load load(Point point) {
        byte[] body = model.answer(point).body();
        byte[] head = HttpText.put("/body", body.length).getBytes(StandardCharsets.US_ASCII);
        var request = ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
        Once.send(process.server().address(), request, 204);
        return new Load(process.server(), model.requests(point));
    }

    @Override
    public void close() {
        process.close();
    }
}
