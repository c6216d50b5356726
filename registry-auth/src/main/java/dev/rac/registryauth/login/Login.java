package dev.rac.registryauth.login;

import dev.rac.registryauth.access.AccessTokens;
import dev.rac.registryauth.access.TokenSecret;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.user.Account;
import dev.rac.registryauth.user.Accounts;
import dev.rac.registryauth.user.Passwords;
import dev.rac.registryauth.user.UserName;
import dev.rac.service.http.Credentials;
import dev.rac.service.secret.Secrets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds out who sent a request from the credentials that came with it. Thread-safe. */
public final class Login {
    /** The user of a pull credential, whose password is a token for one repository. */
    public static final String PULL_USER = "@pull";

    private static final Pattern SERVICE = Pattern.compile("@[a-z0-9-]{1,32}");
    private static final Outcome WRONG = new Outcome.Rejected("the user name or the password is wrong");
    private static final Outcome TOO_LONG = new Outcome.Rejected("the user name or the password is wrong: bcrypt takes "
            + Passwords.MAX_BYTES + " bytes of a password, and this one has more; send the first " + Passwords.MAX_BYTES
            + " if that is how it was set");
    private static final Outcome WRONG_TOKEN =
            new Outcome.Rejected("the access token is wrong, has ended, or is another user's");

    private final Accounts accounts;
    private final GuardedPasswords passwords;
    private final AccessTokens accessTokens;
    private final String serviceSecret;
    private final Function<String, Optional<RepositoryName>> pullCredential;

    /**
     * Prepares the login.
     *
     * @param serviceSecret what every service proves itself with
     * @param pullCredential gives the repository that a pull credential is for, if it is valid
     */
    public Login(
            Accounts accounts,
            GuardedPasswords passwords,
            AccessTokens accessTokens,
            String serviceSecret,
            Function<String, Optional<RepositoryName>> pullCredential) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.accessTokens = accessTokens;
        this.serviceSecret = serviceSecret;
        this.pullCredential = pullCredential;
    }

    /** What came of a login. */
    public sealed interface Outcome {
        record Accepted(Caller caller) implements Outcome {}

        /**
         * The credentials are wrong.
         *
         * @param reason for the client; it does not tell which part of them is wrong
         */
        record Rejected(String reason) implements Outcome {}
    }

    /**
     * Checks credentials. Wrong ones are never taken for none.
     *
     * @param source the client's IP address
     * @throws ThrottledException if too many wrong passwords came from there for this user
     * @throws dev.rac.registryauth.user.PasswordsBusyException if too many passwords wait to be checked
     */
    public Outcome login(Credentials credentials, String source) {
        return switch (credentials) {
            case Credentials.None() -> new Outcome.Accepted(new Caller.Anonymous());
            case Credentials.Basic(String user, String password) -> login(user, password, source);
            case Credentials.Bearer(String token)
            when TokenSecret.isAccessToken(token) ->
                accessTokens.find(token).map(holder -> accepted(holder, source)).orElse(WRONG_TOKEN);
            case Credentials.Bearer ignored ->
                new Outcome.Rejected(
                        "Bearer tokens are for the registry and for apps: send Basic credentials or an access token"
                                + " here");
            case Credentials.Malformed(String reason) -> new Outcome.Rejected(reason);
        };
    }

    private Outcome login(String user, String password, String source) {
        if (user.equals(PULL_USER)) {
            return pullCredential
                    .apply(password)
                    .<Outcome>map(repository -> new Outcome.Accepted(new Caller.Puller(repository)))
                    .orElse(WRONG);
        }
        if (TokenSecret.isAccessToken(password)) {
            return accessTokens
                    .find(password)
                    .filter(holder -> holder.account().name().equals(user))
                    .map(holder -> accepted(holder, source))
                    .orElse(WRONG_TOKEN);
        }
        if (SERVICE.matcher(user).matches()) {
            return Secrets.same(serviceSecret, password) ? new Outcome.Accepted(new Caller.Service(user)) : WRONG;
        }
        var account = UserName.valid(user) ? accounts.find(user) : Optional.<Account>empty();
        if (passwords.match(user, password, account, source)) {
            return new Outcome.Accepted(new Caller.Person(account.orElseThrow()));
        }
        // That follows from the request alone: it tells nothing of the user.
        return Passwords.isTooLong(password) ? TOO_LONG : WRONG;
    }

    private Outcome accepted(AccessTokens.Holder holder, String source) {
        accessTokens.used(holder.token(), source);
        return new Outcome.Accepted(new Caller.Machine(holder.account(), holder.token()));
    }
}
