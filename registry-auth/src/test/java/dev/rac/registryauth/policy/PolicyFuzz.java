package dev.rac.registryauth.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.claim.Role;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.scope.InvalidScopeException;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.scope.Scopes;
import dev.rac.registryauth.user.Account;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes any bytes for who asks, what is claimed, and scopes: five bytes of choices, then text. What the policy grants
 * is what {@link PolicyOracle} allows of it.
 */
public final class PolicyFuzz {
    private static final int CHOICES = 5;
    private static final List<String> USERS = List.of("alice", "bob", "admin");
    private static final List<Role> ROLES = List.of(Role.values());

    private PolicyFuzz() {}

    /** The entry that fuzzers call by its name. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] choices = Arrays.copyOf(input, CHOICES);
        String text = input.length < CHOICES
                ? ""
                : new String(input, CHOICES, input.length - CHOICES, StandardCharsets.UTF_8);
        var policy = new Policy(choices[0] % 2 == 0);
        List<ResourceScope> scopes;
        try {
            scopes = Scopes.parse(List.of(text));
        } catch (InvalidScopeException e) {
            // As it is, to see that the policy does not count on the parser.
            scopes = List.of(new ResourceScope("repository", text, List.of("pull", "push", "delete", "*", text)));
        }
        for (ResourceScope asked : scopes) {
            check(policy, caller(choices, asked), asked, holding(choices));
        }
    }

    private static void check(Policy policy, Caller caller, ResourceScope asked, Optional<Holding> holding) {
        ResourceScope granted = policy.grant(caller, asked, holding);
        assertThat(granted.with(asked.actions())).isEqualTo(asked);
        assertThat(granted.actions())
                .containsExactlyElementsOf(asked.actions().stream()
                        .filter(action -> PolicyOracle.allowed(policy, caller, asked, action, holding))
                        .toList());
    }

    private static Caller caller(byte[] choices, ResourceScope asked) {
        var account = new Account(any(USERS, choices[1]), "", 1, choices[1] < 0, Instant.EPOCH);
        Optional<RepositoryName> repository = asked.repository();
        return switch (Math.floorMod(choices[2], 5)) {
            case 0 -> new Caller.Anonymous();
            case 1 -> new Caller.Service("@notifier");
            case 2 -> new Caller.Puller(repository.filter(own -> choices[3] > 0).orElse(new RepositoryName("x")));
            case 3 -> new Caller.Machine(account, token(choices[3], asked));
            default -> new Caller.Person(account);
        };
    }

    private static AccessToken token(byte choice, ResourceScope asked) {
        List<String> covering =
                asked.repository().map(RepositoryPattern::covering).orElse(List.of("x/*"));
        var pattern = new RepositoryPattern(choice > 0 ? any(covering, choice) : "x/*");
        return new AccessToken(
                "1", "alice", "ci", List.of(pattern), List.of("pull", "write", "*"), Instant.EPOCH, null, null, null);
    }

    private static Optional<Holding> holding(byte[] choices) {
        Optional<Role> role = choices[3] % 2 == 0 ? Optional.empty() : Optional.of(any(ROLES, choices[3]));
        return choices[4] == 0
                ? Optional.empty()
                : Optional.of(new Holding(any(USERS, choices[4]), choices[4] < 0, role));
    }

    private static <T> T any(List<T> list, byte choice) {
        return list.get(Math.floorMod(choice, list.size()));
    }
}
