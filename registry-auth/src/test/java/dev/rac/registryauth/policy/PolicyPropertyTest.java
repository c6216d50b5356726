package dev.rac.registryauth.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.claim.Role;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.scope.RandomNames;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.user.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The policy says what {@link PolicyOracle} does for any caller, scope and claim. The seed is fixed, so that a failure
 * comes again.
 */
class PolicyPropertyTest {
    private static final int CASES = 100_000;
    private static final List<String> TYPES = List.of("repository", "app", "registry", "", "Repository", "plugin");
    private static final List<String> ACTIONS =
            List.of("pull", "push", "delete", "read", "write", "*", "", "admin", "Pull", "push ", "pull,push");
    private static final List<String> USERS = List.of("alice", "bob", "admin", "root");

    private final Random random = new Random(22);

    @Test
    void noInputGivesAnActionThatIsNotAllowedOrWasNotAsked() {
        int granted = 0;
        for (int i = 0; i < CASES; i++) {
            var policy = new Policy(random.nextBoolean());
            var asked = new ResourceScope(any(TYPES), name(), actions());
            Optional<Holding> holding = holding();
            Caller caller = caller(asked.name());

            ResourceScope result = policy.grant(caller, asked, holding);

            assertThat(result.type()).isEqualTo(asked.type());
            assertThat(result.name()).isEqualTo(asked.name());
            // Everything that is allowed, in the order in which it was asked, and nothing else.
            assertThat(result.actions())
                    .as("%s asks for %s, held %s, %s", caller, asked, holding, policy)
                    .containsExactlyElementsOf(asked.actions().stream()
                            .filter(action -> PolicyOracle.allowed(policy, caller, asked, action, holding))
                            .toList());
            granted += result.actions().isEmpty() ? 0 : 1;
        }
        assertThat(granted).isBetween(CASES / 50, CASES / 2);
    }

    private Caller caller(String name) {
        return switch (random.nextInt(7)) {
            case 0 -> new Caller.Anonymous();
            case 1 -> new Caller.Service("@notifier");
            case 2 ->
                new Caller.Puller(RepositoryName.parse(random.nextBoolean() ? name : RandomNames.repository(random))
                        .orElse(new RepositoryName("x")));
            case 3, 4 -> new Caller.Machine(account(), token(name));
            default -> new Caller.Person(account());
        };
    }

    private Account account() {
        return new Account(any(USERS), "", 1, random.nextInt(4) == 0, Instant.EPOCH);
    }

    /** A token that is now and then good for the name. */
    private AccessToken token(String name) {
        List<RepositoryPattern> covering = RepositoryName.parse(name)
                .map(repository -> RepositoryPattern.covering(repository).stream()
                        .map(RepositoryPattern::new)
                        .toList())
                .orElse(List.of());
        var pattern = covering.isEmpty() || random.nextBoolean()
                ? RepositoryPattern.of(new RepositoryName(RandomNames.repository(random)))
                : any(covering);
        return new AccessToken("1", "user", "ci", List.of(pattern), actions(), Instant.EPOCH, null, null, null);
    }

    private Optional<Holding> holding() {
        if (random.nextInt(3) == 0) {
            return Optional.empty();
        }
        Optional<Role> role = random.nextBoolean() ? Optional.empty() : Optional.of(any(List.of(Role.values())));
        return Optional.of(new Holding(any(USERS), random.nextInt(3) == 0, role));
    }

    private String name() {
        return switch (random.nextInt(4)) {
            case 0 -> "catalog";
            case 1 -> RandomNames.mutated(random, RandomNames.pattern(random));
            default -> RandomNames.repository(random);
        };
    }

    private List<String> actions() {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> any(ACTIONS))
                .distinct()
                .toList();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
