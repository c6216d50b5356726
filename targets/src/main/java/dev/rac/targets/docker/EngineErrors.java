package dev.rac.targets.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds what an engine, or the way to it, said in the exceptions of docker-java. */
final class EngineErrors {
    private static final JsonMapper JSON = new JsonMapper();

    // The Engine API's error body is {"message": "…"}; docker-java puts "Status 404: " before it.
    private static final Pattern BODY = Pattern.compile("\\{.*}", Pattern.DOTALL);

    private EngineErrors() {}

    /** One line without the library's decoration. */
    static String message(Throwable error) {
        Throwable cause = error;
        while (!(cause instanceof DockerException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        Matcher body = BODY.matcher(text);
        if (cause instanceof DockerException && body.find()) {
            text = messageIn(body.group());
        }
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    private static String messageIn(String body) {
        try {
            JsonNode message = JSON.readTree(body).get("message");
            return message == null ? body : message.asString(body);
        } catch (JacksonException notJson) {
            return body;
        }
    }
}
