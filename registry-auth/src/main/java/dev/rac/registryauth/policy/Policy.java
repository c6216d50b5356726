package dev.rac.registryauth.policy;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.claim.Role;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.user.Account;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what. Pure: the answer follows from the arguments alone.
 *
 * <p>What nobody has claimed, everybody may pull, push and run. What is claimed is its owner's and the
 * administrator's; members may do what their role allows, and everybody may pull what is public. Deleting from the
 * registry takes the owner, an admin among the members, the administrator, or, where nobody has claimed, a service. An
 * access token is good for what its user may do, as far as it goes itself.
 *
 * @param anonymousPush whether somebody without an account may change what nobody claimed
 */
public record Policy(boolean anonymousPush) {
    private static final Set<String> NOTHING = Set.of();
    private static final Set<String> PULL = Set.of("pull");
    private static final Set<String> PULL_PUSH = Set.of("pull", "push");
    private static final Set<String> ALL_OF_REPOSITORY = Set.of("pull", "push", "delete");
    private static final Set<String> READ = Set.of("read");
    private static final Set<String> ALL_OF_APP = Set.of("read", "write");
    private static final String CATALOG = "catalog";

    /**
     * What is granted of what is asked.
     *
     * @param holding who holds the repository that is asked for, if it is one, and what the caller is there
     * @return the same resource with those of its actions that are allowed, in their order; maybe none
     */
    public ResourceScope grant(Caller caller, ResourceScope asked, Optional<Holding> holding) {
        return switch (caller) {
            case Caller.Machine(Account account, AccessToken token) ->
                token.limit(grantDirect(new Caller.Person(account), asked, holding));
            case Caller.Direct direct -> grantDirect(direct, asked, holding);
        };
    }

    private ResourceScope grantDirect(Caller.Direct caller, ResourceScope asked, Optional<Holding> holding) {
        Set<String> allowed = allowed(caller, asked, holding);
        return asked.with(asked.actions().stream().filter(allowed::contains).toList());
    }

    private Set<String> allowed(Caller.Direct caller, ResourceScope asked, Optional<Holding> holding) {
        Optional<RepositoryName> repository = asked.repository();
        return switch (asked.type()) {
            case "repository" -> repository.isPresent() ? onRepository(caller, repository.get(), holding) : NOTHING;
            case "app" -> repository.isPresent() ? onApp(caller, holding) : NOTHING;
            // The registry wants this very action, an asterisk, for its catalogue.
            case "registry" -> asked.name().equals(CATALOG) && seesAll(caller) ? Set.of("*") : NOTHING;
            default -> NOTHING;
        };
    }

    private Set<String> onRepository(Caller.Direct caller, RepositoryName repository, Optional<Holding> holding) {
        return switch (caller) {
            case Caller.Anonymous() when holding.isPresent() -> holding.get().isPublic() ? PULL : NOTHING;
            case Caller.Anonymous() -> anonymousPush ? PULL_PUSH : PULL;
            case Caller.Person(Account account) -> onRepository(account, holding);
            case Caller.Service ignored -> holding.isPresent() ? PULL : Set.of("pull", "delete");
            case Caller.Puller(RepositoryName own) -> own.equals(repository) ? PULL : NOTHING;
        };
    }

    private static Set<String> onRepository(Account account, Optional<Holding> holding) {
        if (rules(account, holding)) {
            return ALL_OF_REPOSITORY;
        }
        return holding.map(held -> held.role().map(Policy::onRepository).orElse(held.isPublic() ? PULL : NOTHING))
                .orElse(PULL_PUSH);
    }

    private static Set<String> onRepository(Role role) {
        return switch (role) {
            case READER -> PULL;
            case WRITER -> PULL_PUSH;
            case ADMIN -> ALL_OF_REPOSITORY;
        };
    }

    private Set<String> onApp(Caller.Direct caller, Optional<Holding> holding) {
        return switch (caller) {
            case Caller.Anonymous() when holding.isPresent() -> holding.get().isPublic() ? READ : NOTHING;
            case Caller.Anonymous() -> anonymousPush ? ALL_OF_APP : READ;
            case Caller.Person(Account account) -> onApp(account, holding);
            case Caller.Service ignored -> NOTHING;
            case Caller.Puller ignored -> NOTHING;
        };
    }

    private static Set<String> onApp(Account account, Optional<Holding> holding) {
        if (rules(account, holding)) {
            return ALL_OF_APP;
        }
        return holding.map(held -> held.role().map(Policy::onApp).orElse(held.isPublic() ? READ : NOTHING))
                .orElse(ALL_OF_APP);
    }

    private static Set<String> onApp(Role role) {
        return switch (role) {
            case READER -> READ;
            case WRITER, ADMIN -> ALL_OF_APP;
        };
    }

    private static boolean rules(Account account, Optional<Holding> holding) {
        return account.administrator()
                || holding.map(Holding::owner).filter(account.name()::equals).isPresent();
    }

    private static boolean seesAll(Caller.Direct caller) {
        return switch (caller) {
            case Caller.Person(Account account) -> account.administrator();
            case Caller.Service ignored -> true;
            case Caller.Anonymous ignored -> false;
            case Caller.Puller ignored -> false;
        };
    }
}
