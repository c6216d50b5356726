package dev.rac.notifier.app;

import dev.rac.notifier.variable.EnvironmentChange;
import dev.rac.notifier.variable.InvalidVariablesException;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import dev.rac.service.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** Reads variables: a JSON object of names and strings. No problem has a value in it. */
final class EnvironmentBody {
    // Of a name that comes twice, one value would be lost without a word.
    private static final ObjectReader READER = Json.MAPPER
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private EnvironmentBody() {}

    /**
     * A change of some variables; {@code null} removes one.
     *
     * @throws ProblemException 400 for another body
     * @throws InvalidVariablesException for names and values that no variable can have
     */
    static EnvironmentChange patch(byte[] body) {
        return read(body, false);
    }

    /** All variables that there are to be, under the same conditions; there is nothing to remove. */
    static EnvironmentChange all(byte[] body) {
        return read(body, true);
    }

    private static EnvironmentChange read(byte[] body, boolean all) {
        Map<String, String> set = new HashMap<>();
        Set<String> removed = new HashSet<>();
        object(body).properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isString()) {
                set.put(field.getKey(), value.asString());
            } else if (value.isNull() && !all) {
                removed.add(field.getKey());
            } else {
                throw notStrings(all);
            }
        });
        return new EnvironmentChange(set, removed, all);
    }

    private static JsonNode object(byte[] body) {
        try {
            JsonNode json = READER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Its message may quote the body.
        }
        throw new ProblemException(
                Problem.badRequest("the body is one JSON object, in UTF-8, in which each variable's name comes once"));
    }

    private static ProblemException notStrings(boolean all) {
        return new ProblemException(Problem.badRequest(
                all ? "each variable's value is a string" : "each variable's value is a string, or null to remove it"));
    }
}
