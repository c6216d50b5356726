package dev.rac.registryauth.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rac.registryauth.audit.AuditLog;
import dev.rac.registryauth.user.Administration.Outcome;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do about users: {@code GET /users}; {@code GET}, {@code PATCH} and {@code DELETE /users/<name>};
 * {@code PUT /users/<name>/password}. Thread-safe. To be added after the paths that begin with {@code /users/me}.
 */
public final class UserAdministrationRoutes {
    private static final String ONE = "/users/{name}";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Accounts accounts;
    private final Administration administration;
    private final Passwords passwords;
    private final AdministratorOnly administratorOnly;
    private final Consumer<String> changed;
    private final ChangeAudit changeAudit;
    private final AuditLog audit;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     * @param changed hears of users whose password or rights are not what they were
     */
    public UserAdministrationRoutes(
            Accounts accounts,
            Administration administration,
            Passwords passwords,
            Function<Context, Account> asking,
            Consumer<String> changed,
            AuditLog audit) {
        this.accounts = accounts;
        this.administration = administration;
        this.passwords = passwords;
        this.administratorOnly = new AdministratorOnly(asking, audit);
        this.changed = changed;
        this.changeAudit = new ChangeAudit(audit);
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/users", this::list);
        config.routes.get(ONE, this::show);
        config.routes.patch(ONE, this::change);
        config.routes.delete(ONE, this::delete);
        config.routes.put(ONE + "/password", this::resetPassword);
    }

    private record Change(
            @Nullable Boolean disabled, @Nullable Boolean administrator) {
        /** What is asked for, as the audit log calls it. */
        List<String> actions() {
            var actions = new ArrayList<String>();
            if (disabled != null) {
                actions.add(disabled ? "user.disable" : "user.enable");
            }
            if (administrator != null) {
                actions.add(administrator ? "user.promote" : "user.demote");
            }
            return actions;
        }
    }

    private record NewPassword(
            @JsonProperty("new") @Nullable String next) {}

    private void list(Context ctx) {
        administrator(ctx, "user.list", "");
        String after = Optional.ofNullable(ctx.queryParam("after")).orElse("");
        ctx.json(accounts.list(after, limit(ctx)).stream().map(UserView::of).toList());
    }

    private void show(Context ctx) {
        administrator(ctx, "user.show", ctx.pathParam("name"));
        ctx.json(UserView.of(user(ctx)));
    }

    private void change(Context ctx) {
        String name = ctx.pathParam("name");
        Account administrator = administrator(ctx, "user.change", name);
        Change asked = ctx.bodyAsClass(Change.class);
        if (asked.actions().isEmpty()) {
            throw new ProblemException(Problem.badRequest("send \"disabled\", \"administrator\" or both"));
        }
        Outcome outcome = administration.change(name, asked.disabled(), asked.administrator());
        asked.actions().forEach(action -> changeAudit.record(ctx, administrator, action, name, outcome));
        Account after = UserProblems.changed(name, outcome);
        changed.accept(name);
        ctx.json(UserView.of(after));
    }

    private void delete(Context ctx) {
        String name = ctx.pathParam("name");
        Account administrator = administrator(ctx, "user.delete", name);
        Outcome outcome = administration.delete(name);
        changeAudit.record(ctx, administrator, "user.delete", name, outcome);
        UserProblems.requireDeleted(name, outcome);
        changed.accept(name);
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private void resetPassword(Context ctx) {
        String name = ctx.pathParam("name");
        Account administrator = administrator(ctx, "user.password", name);
        Account account = user(ctx);
        UserProblems.requirePasswordHere(account);
        String next =
                UserRoutes.validPassword(ctx.bodyAsClass(NewPassword.class).next(), "new");
        if (!accounts.changePassword(account, passwords.hash(next, Source.of(ClientAddress.of(ctx))))) {
            throw new ProblemException(Problem.conflict("the password has been changed at the same time"));
        }
        changed.accept(name);
        audit.record(ctx, administrator.name(), "user.password", "user:" + name, true, "");
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private Account user(Context ctx) {
        String name = ctx.pathParam("name");
        return accounts.findAny(name).orElseThrow(() -> UserProblems.unknown(name));
    }

    private Account administrator(Context ctx, String action, String name) {
        String resource = UserName.valid(name) ? "user:" + name : "";
        return administratorOnly.require(ctx, action, resource);
    }

    private static int limit(Context ctx) {
        String text = ctx.queryParam("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number that is out of range.
        }
        throw new ProblemException(Problem.badRequest("\"limit\" is a whole number from 1 to " + MAX_LIMIT));
    }
}
