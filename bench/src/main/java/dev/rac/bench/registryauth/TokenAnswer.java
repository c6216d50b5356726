package dev.rac.bench.registryauth;

import dev.rac.bench.load.LoadException;
import dev.rac.service.json.Json;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * A token as it was answered.
 *
 * @param body the whole answer, not compressed
 * @param signedBytes how many bytes of the token its signature is over
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
record TokenAnswer(byte[] body, int signedBytes) {

    /**
     * Reads an answer.
     *
     * @param scopes for how many repositories it must allow both pull and push
     * @throws LoadException if it does not: something else would be measured
     */
    static TokenAnswer of(byte[] body, int scopes) {
        String token = Json.MAPPER.readTree(body).path("token").asString();
        String[] parts = token.split("\\.", -1);
        JsonNode access =
                Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1])).path("access");
        long whole = access.valueStream()
                .filter(resource -> resource.path("actions").size() == 2)
                .count();
        if (whole != scopes) {
            throw new LoadException("a token allows " + access + ", which is not all that was asked for");
        }
        return new TokenAnswer(body, token.lastIndexOf('.'));
    }
}
