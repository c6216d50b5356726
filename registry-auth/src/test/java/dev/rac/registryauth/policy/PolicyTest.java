package dev.rac.registryauth.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.access.AccessToken;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.claim.Role;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.user.Account;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final List<String> EVERYTHING =
            List.of("pull", "push", "delete", "read", "write", "*", "admin", "Pull");

    private static final Map<String, Caller> CALLERS = Map.of(
            "anonymous", new Caller.Anonymous(),
            "owner", new Caller.Person(account("alice", false)),
            "other", new Caller.Person(account("bob", false)),
            "admin", new Caller.Person(account("admin", true)),
            "service", new Caller.Service("@notifier"),
            "puller", new Caller.Puller(new RepositoryName("x/y")),
            "other puller", new Caller.Puller(new RepositoryName("x/y2")),
            // Of the administrator, who may do everything: what is missing, the token takes away.
            "machine", machine("x/y", "pull", "push", "delete", "read", "write", "*"),
            "elsewhere", machine("x/y/*", "pull", "push", "delete", "read", "write", "*"),
            "reading", machine("x/*", "pull", "read"));

    @ParameterizedTest
    @CsvSource({
        // caller, role, unclaimed, unclaimed without anonymous push, private, public
        "anonymous,    -,      'pull,push',        pull,               -,                  pull",
        "owner,        -,      'pull,push',        'pull,push',        'pull,push,delete', 'pull,push,delete'",
        "owner,        reader, 'pull,push',        'pull,push',        'pull,push,delete', 'pull,push,delete'",
        "other,        -,      'pull,push',        'pull,push',        -,                  pull",
        "other,        reader, 'pull,push',        'pull,push',        pull,               pull",
        "other,        writer, 'pull,push',        'pull,push',        'pull,push',        'pull,push'",
        "other,        admin,  'pull,push',        'pull,push',        'pull,push,delete', 'pull,push,delete'",
        "admin,        -,      'pull,push,delete', 'pull,push,delete', 'pull,push,delete', 'pull,push,delete'",
        "admin,        reader, 'pull,push,delete', 'pull,push,delete', 'pull,push,delete', 'pull,push,delete'",
        "service,      -,      'pull,delete',      'pull,delete',      pull,               pull",
        "puller,       -,      pull,               pull,               pull,               pull",
        "other puller, -,      -,                  -,                  -,                  -",
        "machine,      -,      'pull,push,delete', 'pull,push,delete', 'pull,push,delete', 'pull,push,delete'",
        "elsewhere,    -,      -,                  -,                  -,                  -",
        "reading,      -,      pull,               pull,               pull,               pull",
    })
    void grantsOnARepository(
            String caller, String role, String open, String closed, String whenPrivate, String whenPublic) {
        assertThat(granted(true, caller, "repository", "x/y", null)).isEqualTo(open);
        assertThat(granted(false, caller, "repository", "x/y", null)).isEqualTo(closed);
        for (boolean anonymousPush : new boolean[] {true, false}) {
            assertThat(granted(anonymousPush, caller, "repository", "x/y", held(false, role)))
                    .isEqualTo(whenPrivate);
            assertThat(granted(anonymousPush, caller, "repository", "x/y", held(true, role)))
                    .isEqualTo(whenPublic);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // caller, role, unclaimed, unclaimed without anonymous push, private, public
        "anonymous,    -,      'read,write', read,         -,            read",
        "owner,        -,      'read,write', 'read,write', 'read,write', 'read,write'",
        "owner,        reader, 'read,write', 'read,write', 'read,write', 'read,write'",
        "other,        -,      'read,write', 'read,write', -,            read",
        "other,        reader, 'read,write', 'read,write', read,         read",
        "other,        writer, 'read,write', 'read,write', 'read,write', 'read,write'",
        "other,        admin,  'read,write', 'read,write', 'read,write', 'read,write'",
        "admin,        -,      'read,write', 'read,write', 'read,write', 'read,write'",
        "admin,        reader, 'read,write', 'read,write', 'read,write', 'read,write'",
        "service,      -,      -,            -,            -,            -",
        "puller,       -,      -,            -,            -,            -",
        "other puller, -,      -,            -,            -,            -",
        "machine,      -,      'read,write', 'read,write', 'read,write', 'read,write'",
        "elsewhere,    -,      -,            -,            -,            -",
        "reading,      -,      read,         read,         read,         read",
    })
    void grantsOnAnApp(String caller, String role, String open, String closed, String whenPrivate, String whenPublic) {
        assertThat(granted(true, caller, "app", "x/y", null)).isEqualTo(open);
        assertThat(granted(false, caller, "app", "x/y", null)).isEqualTo(closed);
        for (boolean anonymousPush : new boolean[] {true, false}) {
            assertThat(granted(anonymousPush, caller, "app", "x/y", held(false, role)))
                    .isEqualTo(whenPrivate);
            assertThat(granted(anonymousPush, caller, "app", "x/y", held(true, role)))
                    .isEqualTo(whenPublic);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "anonymous, -",
        "owner, -",
        "other, -",
        "admin, *",
        "service, *",
        "puller, -",
        "other puller, -",
        "machine, -",
    })
    void grantsTheCatalogue(String caller, String catalogue) {
        assertThat(granted(true, caller, "registry", "catalog", null)).isEqualTo(catalogue);
        assertThat(granted(true, caller, "registry", "catalogue", null)).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "owner", "other", "admin", "service", "puller", "other puller"})
    void grantsNothingOnWhatIsNotKnown(String caller) {
        assertThat(granted(true, caller, "whatever", "x/y", null)).isEqualTo("-");
        assertThat(granted(true, caller, "catalog", "x/y", null)).isEqualTo("-");
        assertThat(granted(true, caller, "", "x/y", null)).isEqualTo("-");
        assertThat(granted(true, caller, "repository", "host:5000/x/y", null)).isEqualTo("-");
        assertThat(granted(true, caller, "repository", "X/y", null)).isEqualTo("-");
        assertThat(granted(true, caller, "app", "host:5000/x/y", null)).isEqualTo("-");
    }

    @Test
    void grantsOnlyWhatIsAskedInItsOrder() {
        var policy = new Policy(true);
        var alice = new Caller.Person(account("alice", false));

        assertThat(policy.grant(alice, asked("push", "pull"), Optional.empty()).actions())
                .containsExactly("push", "pull");
        assertThat(policy.grant(alice, asked("push"), Optional.of(held(false, "-")))
                        .actions())
                .containsExactly("push");
        assertThat(policy.grant(alice, asked(), Optional.of(held(false, "-"))).actions())
                .isEmpty();
        assertThat(policy.grant(alice, asked("pull"), Optional.of(held(false, "-")))
                        .name())
                .isEqualTo("x/y");
    }

    private static Caller machine(String pattern, String... actions) {
        var token = new AccessToken(
                "1",
                "admin",
                "ci",
                List.of(new RepositoryPattern(pattern)),
                List.of(actions),
                Instant.EPOCH,
                null,
                null,
                null);
        return new Caller.Machine(account("admin", true), token);
    }

    private static Holding held(boolean isPublic, String role) {
        return new Holding("alice", isPublic, Role.parse(role));
    }

    private static ResourceScope asked(String... actions) {
        return new ResourceScope("repository", "x/y", List.of(actions));
    }

    private static String granted(
            boolean anonymousPush, String caller, String type, String name, @Nullable Holding holding) {
        ResourceScope granted = new Policy(anonymousPush)
                .grant(
                        Objects.requireNonNull(CALLERS.get(caller)),
                        new ResourceScope(type, name, EVERYTHING),
                        Optional.ofNullable(holding));
        return granted.actions().isEmpty() ? "-" : String.join(",", granted.actions());
    }

    private static Account account(String name, boolean administrator) {
        return new Account(name, "", 1, administrator, Instant.EPOCH);
    }
}
