package dev.rac.registryauth.policy;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.user.Account;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what. Pure: the answer follows from the arguments alone.
 *
 * <p>What nobody has claimed, everybody may pull, push and run; what is claimed is its owner's and the
 * administrator's. Deleting from the registry takes the owner, the administrator, or, where nobody has claimed, a
 * service. An access token is good for what its user may do, as far as it goes itself.
 *
 * @param anonymousPush whether somebody without an account may change what nobody claimed
 */
public record Policy(boolean anonymousPush) {
    private static final Set<String> ALL_OF_REPOSITORY = Set.of("pull", "push", "delete");
    private static final Set<String> ALL_OF_APP = Set.of("read", "write");
    private static final String CATALOG = "catalog";
    private static final Set<String> NOTHING = Set.of();

    /**
     * What is granted of what is asked.
     *
     * @param owner who has claimed the repository that is asked for, if it is one
     * @return the same resource with those of its actions that are allowed, in their order; maybe none
     */
    public ResourceScope grant(Caller caller, ResourceScope asked, Optional<String> owner) {
        if (caller instanceof Caller.Machine(Account account, AccessToken token)) {
            return token.limit(grant(new Caller.Person(account), asked, owner));
        }
        Set<String> allowed = allowed(caller, asked, owner);
        return asked.with(asked.actions().stream().filter(allowed::contains).toList());
    }

    private Set<String> allowed(Caller caller, ResourceScope asked, Optional<String> owner) {
        Optional<RepositoryName> repository = asked.repository();
        return switch (asked.type()) {
            case "repository" -> repository.isPresent() ? onRepository(caller, repository.get(), owner) : NOTHING;
            case "app" -> repository.isPresent() ? onApp(caller, owner) : NOTHING;
            // The registry wants this very action, an asterisk, for its catalogue.
            case "registry" -> asked.name().equals(CATALOG) && seesAll(caller) ? Set.of("*") : NOTHING;
            default -> NOTHING;
        };
    }

    private Set<String> onRepository(Caller caller, RepositoryName repository, Optional<String> owner) {
        return switch (caller) {
            case Caller.Anonymous() when owner.isPresent() -> NOTHING;
            case Caller.Anonymous() -> anonymousPush ? Set.of("pull", "push") : Set.of("pull");
            case Caller.Person(Account account) when rules(account, owner) -> ALL_OF_REPOSITORY;
            case Caller.Person ignored -> owner.isPresent() ? NOTHING : Set.of("pull", "push");
            // Limited in grant.
            case Caller.Machine ignored -> NOTHING;
            case Caller.Service ignored -> owner.isPresent() ? Set.of("pull") : Set.of("pull", "delete");
            case Caller.Puller(RepositoryName own) -> own.equals(repository) ? Set.of("pull") : NOTHING;
        };
    }

    private Set<String> onApp(Caller caller, Optional<String> owner) {
        return switch (caller) {
            case Caller.Anonymous() when owner.isPresent() -> NOTHING;
            case Caller.Anonymous() -> anonymousPush ? ALL_OF_APP : Set.of("read");
            case Caller.Person(Account account) -> owner.isEmpty() || rules(account, owner) ? ALL_OF_APP : NOTHING;
            case Caller.Machine ignored -> NOTHING;
            case Caller.Service ignored -> NOTHING;
            case Caller.Puller ignored -> NOTHING;
        };
    }

    private static boolean rules(Account account, Optional<String> owner) {
        return account.administrator() || owner.filter(account.name()::equals).isPresent();
    }

    private static boolean seesAll(Caller caller) {
        return switch (caller) {
            case Caller.Person(Account account) -> account.administrator();
            case Caller.Service ignored -> true;
            case Caller.Machine ignored -> false;
            case Caller.Anonymous ignored -> false;
            case Caller.Puller ignored -> false;
        };
    }
}
