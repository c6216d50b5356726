package dev.rac.registryauth.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code POST /users}, {@code GET /users/me}, {@code PUT /users/me/password}. Thread-safe. */
public final class UserRoutes {
    private final Accounts accounts;
    private final Passwords passwords;
    private final SignUp signUp;
    private final Function<Context, Account> asking;
    private final AuditLog audit;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public UserRoutes(
            Accounts accounts, Passwords passwords, SignUp signUp, Function<Context, Account> asking, AuditLog audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.signUp = signUp;
        this.asking = asking;
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        config.routes.post("/users", this::create);
        config.routes.get("/users/me", ctx -> ctx.json(UserView.of(asking.apply(ctx))));
        config.routes.put("/users/me/password", this::changePassword);
    }

    /** A user as clients see one. */
    record UserView(String name, boolean administrator, Instant createdAt) {
        static UserView of(Account account) {
            return new UserView(account.name(), account.administrator(), account.createdAt());
        }
    }

    private record NewUser(@Nullable String name, @Nullable String password) {}

    private record NewPassword(
            @Nullable String current,
            @JsonProperty("new") @Nullable String next) {}

    private void create(Context ctx) {
        if (signUp == SignUp.CLOSED && !asking.apply(ctx).administrator()) {
            throw new ProblemException(Problem.forbidden("only the administrator adds users here"));
        }
        NewUser asked = ctx.bodyAsClass(NewUser.class);
        String name = asked.name();
        if (name == null || !UserName.valid(name)) {
            throw new ProblemException(Problem.badRequest("\"name\" must be " + UserName.GRAMMAR));
        }
        String hash = passwords.hash(valid(asked.password(), "password"));
        Account account = accounts.create(name, hash, false)
                .orElseThrow(() -> new ProblemException(Problem.conflict("the name " + name + " is taken")));
        audit.record(ctx, name, "user.create", "user:" + name, true, "");
        ctx.status(HttpStatus.CREATED).json(UserView.of(account));
    }

    private void changePassword(Context ctx) {
        Account account = asking.apply(ctx);
        NewPassword asked = ctx.bodyAsClass(NewPassword.class);
        String current = asked.current();
        String next = valid(asked.next(), "new");
        if (current == null
                || !passwords.verify(current, account.passwordHash()).join()) {
            throw new ProblemException(Problem.forbidden("\"current\" is not the current password"));
        }
        if (!accounts.changePassword(account, passwords.hash(next))) {
            throw new ProblemException(Problem.conflict("the password has been changed at the same time"));
        }
        audit.record(ctx, account.name(), "user.password", "user:" + account.name(), true, "");
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private static String valid(@Nullable String password, String field) {
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
