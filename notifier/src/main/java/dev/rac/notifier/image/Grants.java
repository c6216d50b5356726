package dev.rac.notifier.image;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a token allows (Distribution, "Token Authentication Implementation"); its signature is the registry's business. */
final class Grants {
    private Grants() {}

    /**
     * The actions that a token allows with a repository.
     *
     * @throws UnavailableException if it is no token
     */
    static Set<String> of(String token, String repository) {
        var actions = new HashSet<String>();
        try {
            if (JWTParser.parse(token).getJWTClaimsSet().getClaim("access") instanceof List<?> entries) {
                for (Object entry : entries) {
                    if (entry instanceof Map<?, ?> grant
                            && repository.equals(grant.get("name"))
                            && grant.get("actions") instanceof List<?> granted) {
                        granted.forEach(action -> actions.add(String.valueOf(action)));
                    }
                }
            }
        } catch (ParseException e) {
            throw new UnavailableException("registry-auth answered with a token that cannot be read", e);
        }
        return actions;
    }
}
