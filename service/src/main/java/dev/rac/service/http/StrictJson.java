package dev.rac.service.http;

import dev.rac.service.json.Json;
import io.javalin.json.JsonMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes bodies with another mapper; reads them so that {@code null} is the bad request that it is. */
@SuppressWarnings("TypeParameterUnusedInFormals") // The interface is the HTTP server's.
record StrictJson(JsonMapper mapper) implements JsonMapper {

    @Override
    public String toJsonString(Object value, Type type) {
        return mapper.toJsonString(value, type);
    }

    @Override
    public InputStream toJsonStream(Object value, Type type) {
        return mapper.toJsonStream(value, type);
    }

    @Override
    public void writeToOutputStream(Stream<?> values, OutputStream out) {
        mapper.writeToOutputStream(values, out);
    }

    @Override
    public <T> T fromJsonString(String json, Type type) {
        return present(Json.MAPPER.readValue(json, Json.MAPPER.constructType(type)));
    }

    @Override
    public <T> T fromJsonStream(InputStream json, Type type) {
        return present(Json.MAPPER.readValue(json, Json.MAPPER.constructType(type)));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new ProblemException(Problem.badRequest("the body is null where a JSON object is needed"));
        }
        return value;
    }
}
