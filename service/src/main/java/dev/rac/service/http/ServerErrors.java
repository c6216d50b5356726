package dev.rac.service.http;

import dev.rac.service.json.Json;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the server answers by itself, such as to a request that it cannot read: a problem, as everything else. */
final class ServerErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(true, body(code), callback);
    }

    private static ByteBuffer body(int status) {
        Problem problem = status == 400
                ? Problem.badRequest("the request line or a header is not as HTTP has it")
                : Problem.of(status, "http-" + status, "The request failed", "the server cannot take this request");
        return ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(problem));
    }
}
