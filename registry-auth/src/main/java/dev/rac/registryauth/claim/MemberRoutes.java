package dev.rac.registryauth.claim;

import dev.rac.registryauth.claim.Members.Member;
import dev.rac.registryauth.user.UserName;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** {@code PUT} and {@code DELETE /claims/<repository>/-/members/<user>}. Thread-safe. */
final class MemberRoutes {
    // No component of a repository's name is a dash.
    private static final String MEMBER = ClaimRoutes.ONE + "/-/members/{user}";

    private final Members members;
    private final ClaimAccess access;

    MemberRoutes(Members members, ClaimAccess access) {
        this.members = members;
        this.access = access;
    }

    void addTo(JavalinConfig config) {
        config.routes.put(MEMBER, this::put);
        config.routes.delete(MEMBER, this::remove);
    }

    private record NewRole(@Nullable String role) {}

    private void put(Context ctx) {
        Standing standing = access.managed(ctx, "claim.member");
        String name = ctx.bodyAsClass(NewRole.class).role();
        Role role = Role.parse(name == null ? "" : name)
                .orElseThrow(() -> new ProblemException(
                        Problem.badRequest("\"role\" must be \"reader\", \"writer\" or \"admin\"")));
        String user = user(ctx);
        if (user.equals(standing.claim().owner())) {
            throw new ProblemException(Problem.conflict(user + " owns the claim, and may do more than any member"));
        }
        switch (members.put(standing.claim(), new Member(user, role))) {
            case DONE -> {
                access.record(ctx, standing, "claim.member", user + " is " + role);
                ctx.status(HttpStatus.NO_CONTENT);
            }
            case MEANWHILE_ANOTHERS -> throw ClaimRoutes.meanwhile();
            case NO_SUCH_USER -> throw noSuchUser(user);
        }
    }

    private void remove(Context ctx) {
        String user = user(ctx);
        // Whoever does not want to be a member need not ask anybody.
        Standing standing = access.allowed(
                ctx,
                "claim.member",
                whose -> whose.manages()
                        || (whose.sees() && whose.account().name().equals(user)),
                "members are removed by its owner, by a member with the role admin, or by themselves");
        if (!members.remove(standing.claim(), user)) {
            throw new ProblemException(Problem.notFound(
                    user + " is no member of " + standing.claim().pattern()));
        }
        access.record(ctx, standing, "claim.member", user + " is removed");
        ctx.status(HttpStatus.NO_CONTENT);
    }

    private static String user(Context ctx) {
        String user = ctx.pathParam("user");
        if (!UserName.valid(user)) {
            throw noSuchUser("of that name");
        }
        return user;
    }

    private static ProblemException noSuchUser(String user) {
        return new ProblemException(Problem.notFound("there is no user " + user));
    }
}
