package dev.rac.registryauth.token;

import dev.rac.registryauth.claim.ClaimLookUp;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.login.Login;
import dev.rac.registryauth.policy.Policy;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.token.TokenRequest.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers requests for tokens: who is asking, what they may do, a token that says so. Thread-safe. */
public final class Tokens {
    private final Login login;
    private final ClaimLookUp claims;
    private final Policy policy;
    private final RecentTokens recentTokens;
    private final RefreshTokens refreshTokens;
    private final String service;

    public Tokens(
            Login login,
            ClaimLookUp claims,
            Policy policy,
            RecentTokens recentTokens,
            RefreshTokens refreshTokens,
            String service) {
        this.login = login;
        this.claims = claims;
        this.policy = policy;
        this.recentTokens = recentTokens;
        this.refreshTokens = refreshTokens;
        this.service = service;
    }

    /**
     * What was granted.
     *
     * @param subject who asked, empty for anonymous
     * @param decisions for each resource that was asked for, in that order, the actions that are allowed; maybe none
     * @param refreshToken where one was wanted, and may be had
     * @param repeatableUntil when what was granted is not any more, if nothing is changed before; the beginning of time
     *     for what is granted once
     */
    record Granted(
            String subject,
            RegistryTokens.RegistryToken token,
            List<ResourceScope> decisions,
            @Nullable String refreshToken,
            Instant repeatableUntil) {

        /** The resources with at least one action. */
        List<ResourceScope> scopes() {
            return withActions(decisions);
        }
    }

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
        List<ResourceScope> decisions = request.scopes().stream()
                .map(asked -> policy.grant(
                        caller, asked, asked.repository().flatMap(name -> Optional.ofNullable(holdings.get(name)))))
                .toList();
        return new Granted(
                caller.subject(),
                recentTokens.issue(caller.subject(), withActions(decisions)),
                decisions,
                refreshToken(request, caller),
                repeatableUntil(request, caller));
    }

    private static List<ResourceScope> withActions(List<ResourceScope> decisions) {
        return decisions.stream().filter(scope -> !scope.actions().isEmpty()).toList();
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
    private static Instant repeatableUntil(TokenRequest request, Caller caller) {
        if (request.grant() instanceof Grant.Login && request.offline()) {
            return Instant.MIN;
        }
        return switch (caller) {
            case Caller.Machine(var account, var token) -> token.expiresAt() == null ? Instant.MAX : token.expiresAt();
            // It ends at a time that only itself tells.
            case Caller.Puller ignored -> Instant.MIN;
            case Caller.Anonymous ignored -> Instant.MAX;
            case Caller.Person ignored -> Instant.MAX;
            case Caller.Service ignored -> Instant.MAX;
        };
    }

    private @Nullable String refreshToken(TokenRequest request, Caller caller) {
        return switch (request.grant()) {
            case Grant.Refresh(String token) -> token;
            case Grant.Login ignored ->
                request.offline() && caller instanceof Caller.Person(var account)
                        ? refreshTokens
                                .issue(account, service, request.clientId())
                                .orElseThrow(() -> TokenException.invalidCredentials("the user has been deleted"))
                        : null;
        };
    }
}
