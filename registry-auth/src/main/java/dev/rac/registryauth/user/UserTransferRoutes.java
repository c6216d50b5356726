package dev.rac.registryauth.user;

import dev.rac.registryauth.audit.AuditLog;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code POST /users/import} and {@code GET /users/export}, for administrators: accounts as the lines of an htpasswd
 * file. Thread-safe. To be added before the paths with a user's name.
 */
public final class UserTransferRoutes {
    private static final int PAGE = 1000;

    private final Accounts accounts;
    private final AdministratorOnly administratorOnly;
    private final AuditLog audit;

    /**
     * Prepares the routes.
     *
     * @param asking gives the person who sent a request, or ends it with a problem
     */
    public UserTransferRoutes(Accounts accounts, Function<Context, Account> asking, AuditLog audit) {
        this.accounts = accounts;
        this.administratorOnly = new AdministratorOnly(asking, audit);
        this.audit = audit;
    }

    public void addTo(JavalinConfig config) {
        config.routes.post("/users/import", this::importUsers);
        config.routes.get("/users/export", this::export);
    }

    /**
     * What became of the lines.
     *
     * @param added names
     */
    record Imported(List<String> added, List<Htpasswd.Skipped> skipped) {}

    private void importUsers(Context ctx) {
        Account administrator = administrator(ctx, "user.import");
        Htpasswd.Content content = Htpasswd.parse(new String(ctx.bodyAsBytes(), StandardCharsets.UTF_8));
        if (content.entries().isEmpty() && content.skipped().isEmpty()) {
            throw new ProblemException(Problem.badRequest("send the lines of an htpasswd file: <name>:<bcrypt hash>"));
        }
        Set<String> taken = accounts.addAll(content.entries());
        List<String> added = new ArrayList<>();
        List<Htpasswd.Skipped> skipped = new ArrayList<>(content.skipped());
        for (Htpasswd.Entry entry : content.entries()) {
            if (taken.contains(entry.name())) {
                skipped.add(new Htpasswd.Skipped(entry.line(), entry.name(), "the name is taken"));
            } else {
                added.add(entry.name());
            }
        }
        skipped.sort(Comparator.comparingInt(Htpasswd.Skipped::line));
        String detail = added.size() + " added, " + skipped.size() + " skipped";
        audit.record(ctx, administrator.name(), "user.import", "", true, detail);
        ctx.json(new Imported(added, skipped));
    }

    private void export(Context ctx) {
        Account administrator = administrator(ctx, "user.export");
        var lines = new StringBuilder();
        String after = "";
        List<Account> page;
        do {
            page = accounts.list(after, PAGE);
            for (Account account : page) {
                after = account.name();
                if (account.enabled()) {
                    lines.append(account.name())
                            .append(':')
                            .append(BcryptHash.portable(account.passwordHash()))
                            .append('\n');
                }
            }
        } while (page.size() == PAGE);
        audit.record(ctx, administrator.name(), "user.export", "", true, "");
        ctx.header(Header.CACHE_CONTROL, "no-store")
                .contentType(ContentType.TEXT_PLAIN)
                .result(lines.toString());
    }

    private Account administrator(Context ctx, String action) {
        return administratorOnly.require(ctx, action, "");
    }
}
