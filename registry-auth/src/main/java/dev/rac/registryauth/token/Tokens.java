package dev.rac.registryauth.token;

import dev.rac.registryauth.claim.ClaimLookUp;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.login.Login;
import dev.rac.registryauth.policy.Policy;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.token.TokenRequest.Grant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers requests for tokens: who is asking, what they may do, a token that says so. Thread-safe. */
public final class Tokens {
    private final Login login;
    private final ClaimLookUp claims;
    private final Policy policy;
    private final RegistryTokens registryTokens;
    private final RefreshTokens refreshTokens;
    private final String service;

    public Tokens(
            Login login,
            ClaimLookUp claims,
            Policy policy,
            RegistryTokens registryTokens,
            RefreshTokens refreshTokens,
            String service) {
        this.login = login;
        this.claims = claims;
        this.policy = policy;
        this.registryTokens = registryTokens;
        this.refreshTokens = refreshTokens;
        this.service = service;
    }

    /**
     * What was granted.
     *
     * @param subject who asked, empty for anonymous
     * @param scopes the resources with at least one action
     * @param refreshToken where one was wanted, and may be had
     */
    record Granted(
            String subject,
            RegistryTokens.RegistryToken token,
            List<ResourceScope> scopes,
            @Nullable String refreshToken) {}

    /**
     * Grants what is allowed of what is asked; that may be nothing, and is no error.
     *
     * @param source the client's IP address
     * @throws TokenException if the credentials are wrong, or there are none and nothing is asked for
     */
    Granted grant(TokenRequest request, String source) {
        Caller caller = caller(request.grant(), source);
        if (caller instanceof Caller.Anonymous && request.scopes().isEmpty()) {
            // This is how clients try a login: without one, nobody is logged in.
            throw TokenException.invalidCredentials("send a user name and a password, or ask for a scope");
        }
        Map<RepositoryName, Holding> holdings = claims.holdings(
                request.scopes().stream()
                        .flatMap(scope -> scope.repository().stream())
                        .toList(),
                caller.subject());
        List<ResourceScope> granted = request.scopes().stream()
                .map(asked -> policy.grant(
                        caller, asked, asked.repository().flatMap(name -> Optional.ofNullable(holdings.get(name)))))
                .filter(scope -> !scope.actions().isEmpty())
                .toList();
        return new Granted(
                caller.subject(),
                registryTokens.issue(caller.subject(), granted),
                granted,
                refreshToken(request, caller));
    }

    private Caller caller(Grant grant, String source) {
        return switch (grant) {
            case Grant.Login(var credentials) ->
                switch (login.login(credentials, source)) {
                    case Login.Outcome.Accepted(Caller caller) -> caller;
                    case Login.Outcome.Rejected(String reason) -> throw TokenException.invalidCredentials(reason);
                };
            case Grant.Refresh(String token) ->
                refreshTokens
                        .find(token, service, source)
                        .map(Caller.Person::new)
                        .orElseThrow(() -> TokenException.invalidCredentials(
                                "the refresh token is not valid, or not any more: log in again"));
        };
    }

    // A refresh token is a person's: the other callers have credentials that machines keep anyhow, and an access token
    // would live on in it.
    private @Nullable String refreshToken(TokenRequest request, Caller caller) {
        return switch (request.grant()) {
            case Grant.Refresh(String token) -> token;
            case Grant.Login ignored ->
                request.offline() && caller instanceof Caller.Person(var account)
                        ? refreshTokens.issue(account, service, request.clientId())
                        : null;
        };
    }
}
