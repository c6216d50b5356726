package dev.rac.registryauth.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.Administration.Outcome;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What users do about themselves: {@code POST /users}, {@code GET} and {@code DELETE /users/me}, {@code PUT
 * /users/me/password}. Thread-safe.
 */
public final class UserRoutes {
    private final Accounts accounts;
    private final Administration administration;
    private final Passwords passwords;
    private final SignUp signUp;
    private final Function<Context, Account> asking;
    private final AdministratorOnly administratorOnly;
    private final Consumer<String> changed;
    private final ChangeAudit changeAudit;
    private final AuditLog audit;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     * @param changed hears of users whose password is not what it was
     */
    public UserRoutes(
            Accounts accounts,
            Administration administration,
            Passwords passwords,
            SignUp signUp,
            Function<Context, Account> asking,
            Consumer<String> changed,
            AuditLog audit) {
        this.accounts = accounts;
        this.administration = administration;
        this.passwords = passwords;
        this.signUp = signUp;
        this.asking = asking;
        this.administratorOnly = new AdministratorOnly(asking, audit);
        this.changed = changed;
        this.changeAudit = new ChangeAudit(audit);
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        config.routes.post("/users", this::create);
        config.routes.get("/users/me", ctx -> ctx.json(UserView.of(asking.apply(ctx))));
        config.routes.delete("/users/me", this::delete);
        config.routes.put("/users/me/password", this::changePassword);
    }

    private record NewUser(@Nullable String name, @Nullable String password) {}

    private record NewPassword(
            @Nullable String current,
            @JsonProperty("new") @Nullable String next) {}

    private void create(Context ctx) {
        Optional<Account> administrator = signUp == SignUp.CLOSED ? Optional.of(administrator(ctx)) : Optional.empty();
        NewUser asked = ctx.bodyAsClass(NewUser.class);
        String name = asked.name();
        if (name == null || !UserName.valid(name)) {
            throw new ProblemException(Problem.badRequest("\"name\" must be " + UserName.GRAMMAR));
        }
        UserName.problem(name).ifPresent(problem -> {
            throw new ProblemException(Problem.badRequest(problem));
        });
        String hash = passwords.hash(validPassword(asked.password(), "password"), source(ctx));
        Account account = accounts.create(name, hash, false)
                .orElseThrow(() -> new ProblemException(Problem.conflict("the name " + name + " is taken")));
        String actor = administrator.map(Account::name).orElse(name);
        record(ctx, actor, "user.create", name, true, "");
        ctx.status(HttpStatus.CREATED).json(UserView.of(account));
    }

    private Account administrator(Context ctx) {
        // Of strangers, too: it is they whom a closed sign-up keeps out.
        if (ctx.header(Header.AUTHORIZATION) == null) {
            audit.record(ctx, "", "user.create", "", false, "sign-up is closed");
        }
        return administratorOnly.require(ctx, "user.create", "");
    }

    private void delete(Context ctx) {
        Account account = asking.apply(ctx);
        Outcome outcome = administration.delete(account.name());
        changeAudit.record(ctx, account, "user.delete", account.name(), outcome);
        UserProblems.requireDeleted(account.name(), outcome);
        changed.accept(account.name());
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private void changePassword(Context ctx) {
        Account account = asking.apply(ctx);
        UserProblems.requirePasswordHere(account);
        NewPassword asked = ctx.bodyAsClass(NewPassword.class);
        String current = asked.current();
        String next = validPassword(asked.next(), "new");
        if (current == null || !Passwords.await(passwords.verify(current, account.passwordHash(), source(ctx)))) {
            record(ctx, account.name(), "user.password", account.name(), false, "the current password is wrong");
            throw new ProblemException(Problem.forbidden("\"current\" is not the current password"));
        }
        if (!accounts.changePassword(account, passwords.hash(next, source(ctx)))) {
            throw new ProblemException(Problem.conflict("the password has been changed at the same time"));
        }
        changed.accept(account.name());
        record(ctx, account.name(), "user.password", account.name(), true, "");
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private void record(Context ctx, String actor, String action, String name, boolean allowed, String detail) {
        audit.record(ctx, actor, action, "user:" + name, allowed, detail);
    }

    private static Source source(Context ctx) {
        return Source.of(ClientAddress.of(ctx));
    }

    static String validPassword(@Nullable String password, String field) {
        if (password == null) {
            throw new ProblemException(Problem.badRequest("\"" + field + "\" is missing"));
        }
        Optional<String> problem = Passwords.problem(password);
        if (problem.isPresent()) {
            throw new ProblemException(Problem.badRequest("\"" + field + "\": " + problem.get()));
        }
        return password;
    }
}
