package dev.rac.registryauth.policy;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.claim.Role;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.user.Account;
import java.util.Optional;

/** The policy once more, written as what an action takes, where {@link Policy} says what a caller gets. */
final class PolicyOracle {
    private PolicyOracle() {}

    static boolean allowed(
            Policy policy, Caller caller, ResourceScope asked, String action, Optional<Holding> holding) {
        if (caller instanceof Caller.Machine(Account account, AccessToken token)) {
            return token.actions().contains(action)
                    && asked.repository().isPresent()
                    && token.repositories().stream()
                            .anyMatch(pattern -> RepositoryPattern.covering(new RepositoryName(asked.name()))
                                    .contains(pattern.value()))
                    && allowed(policy, new Caller.Person(account), asked, action, holding);
        }
        boolean ofRepository = RepositoryName.parse(asked.name()).isPresent();
        boolean open = holding.isEmpty();
        boolean isPublic = holding.isPresent() && holding.get().isPublic();
        boolean person = caller instanceof Caller.Person;
        boolean administrator = caller instanceof Caller.Person(Account account) && account.administrator();
        boolean owner = caller instanceof Caller.Person(Account account)
                && holding.isPresent()
                && holding.get().owner().equals(account.name());
        boolean rules = administrator || owner;
        boolean anonymous = caller instanceof Caller.Anonymous;
        boolean service = caller instanceof Caller.Service;
        boolean puller = caller instanceof Caller.Puller(RepositoryName own)
                && own.value().equals(asked.name());
        boolean anybody = anonymous || person;
        return switch (asked.type() + ":" + action) {
            case "repository:pull" ->
                ofRepository
                        && (service
                                || puller
                                || rules
                                || (anybody && (open || isPublic))
                                || is(person, holding, Role.READER));
            case "repository:push" ->
                ofRepository
                        && (rules
                                || (open && (person || (anonymous && policy.anonymousPush())))
                                || is(person, holding, Role.WRITER));
            case "repository:delete" -> ofRepository && (rules || (service && open) || is(person, holding, Role.ADMIN));
            case "app:read" ->
                ofRepository && (rules || (anybody && (open || isPublic)) || is(person, holding, Role.READER));
            case "app:write" ->
                ofRepository
                        && (rules
                                || (open && (person || (anonymous && policy.anonymousPush())))
                                || is(person, holding, Role.WRITER));
            case "registry:*" -> asked.name().equals("catalog") && (administrator || service);
            default -> false;
        };
    }

    private static boolean is(boolean person, Optional<Holding> holding, Role atLeast) {
        return person
                && holding.isPresent()
                && holding.get().role().isPresent()
                && holding.get().role().get().compareTo(atLeast) >= 0;
    }
}
