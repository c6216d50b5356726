package dev.rac.registryauth.token;

import dev.rac.registryauth.scope.InvalidScopeException;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.scope.Scopes;
import dev.rac.service.http.Credentials;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, whichever protocol it speaks. The parameter {@code account} is not here: who is asking is
 * what the credentials prove.
 *
 * @param offline whether a refresh token is wanted too
 * @param clientId what the client calls itself; null if it does not say. It decides nothing
 */
record TokenRequest(
        Grant grant,
        List<ResourceScope> scopes,
        boolean offline,
        @Nullable String clientId) {
    private static final Pattern CLIENT_ID = Pattern.compile("[\\x21-\\x7e]{1,64}");

    /** How the client proves who it is. */
    sealed interface Grant {
        /** With a user name and a password, or not at all. */
        record Login(Credentials credentials) implements Grant {}

        /** With a refresh token. */
        record Refresh(String token) implements Grant {
            /** Never shows the token. */
            @Override
            public String toString() {
                return "Refresh";
            }
        }
    }

    /**
     * A {@code GET}, as "Token Authentication" has it.
     *
     * @throws TokenException if it is not valid
     */
    static TokenRequest get(Parameters query, Credentials header, String service) {
        requireService(query, service);
        boolean offline = query.one("offline_token").filter("true"::equals).isPresent() || offlineAccess(query);
        return new TokenRequest(new Grant.Login(header), scopes(query), offline, clientId(query));
    }

    /**
     * A {@code POST}, as "OAuth2 Token Authentication" has it.
     *
     * @throws TokenException if it is not valid
     */
    static TokenRequest post(Parameters form, Credentials header, String service) {
        requireService(form, service);
        String type = form.one("grant_type")
                .orElseThrow(() -> TokenException.invalidRequest(
                        "the parameter grant_type is missing: send password or refresh_token"));
        Grant grant = switch (type) {
            case "password" -> password(form, header);
            case "refresh_token" ->
                new Grant.Refresh(form.one("refresh_token")
                        .orElseThrow(() -> TokenException.invalidRequest("the parameter refresh_token is missing")));
            default ->
                throw TokenException.unsupportedGrantType(
                        "the parameter grant_type is neither password nor refresh_token");
        };
        return new TokenRequest(grant, scopes(form), offlineAccess(form), clientId(form));
    }

    private static Grant password(Parameters form, Credentials header) {
        String user = form.one("username").orElse("");
        String password = form.one("password").orElse("");
        if (user.isEmpty() && password.isEmpty()) {
            return new Grant.Login(header);
        }
        if (!(header instanceof Credentials.None)) {
            throw TokenException.invalidRequest("credentials are both in the form and in the Authorization header");
        }
        return new Grant.Login(new Credentials.Basic(user, password));
    }

    private static boolean offlineAccess(Parameters parameters) {
        return parameters.one("access_type").filter("offline"::equals).isPresent();
    }

    private static @Nullable String clientId(Parameters parameters) {
        // What would not do to be shown to people is left out, and is no reason to refuse them.
        return parameters.all("client_id").stream()
                .filter(CLIENT_ID.asMatchPredicate())
                .findFirst()
                .orElse(null);
    }

    private static List<ResourceScope> scopes(Parameters parameters) {
        try {
            return Scopes.parse(parameters.all("scope"));
        } catch (InvalidScopeException e) {
            throw TokenException.invalidScope(String.valueOf(e.getMessage()));
        }
    }

    // Some clients send the parameter empty. A token is never for anything but this one service.
    private static void requireService(Parameters parameters, String service) {
        if (!parameters.one("service").orElse(service).equals(service)) {
            throw TokenException.invalidRequest(
                    "tokens are given for the service \"" + service + "\" only, and another one is asked for");
        }
    }
}
