package dev.rac.registryauth.catalogue;

import dev.rac.registryauth.claim.ClaimLookUp;
import dev.rac.registryauth.claim.Holding;
import dev.rac.registryauth.login.Caller;
import dev.rac.registryauth.policy.Policy;
import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.ResourceScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registry's repositories, of which everybody sees those that they may pull. Thread-safe. */
public final class Catalogue {
    // Who may see few of very many gets a part of the list that is short, or empty, and where to go on.
    private static final int MAX_PAGES = 10;
    private static final List<String> ACTIONS = List.of("pull", "push", "delete");

    private final RegistryCatalogue registry;
    private final ClaimLookUp claims;
    private final Policy policy;

    public Catalogue(RegistryCatalogue registry, ClaimLookUp claims, Policy policy) {
        this.registry = registry;
        this.claims = claims;
        this.policy = policy;
    }

    /**
     * A repository as clients see one.
     *
     * @param actions what the caller may do with it
     */
    record Entry(String repository, List<String> actions) {}

    /**
     * A part of the list.
     *
     * @param next after which name the next part begins; null at the end
     */
    record Part(List<Entry> repositories, @Nullable String next) {}

    /**
     * What the caller may pull, in the registry's order.
     *
     * @throws IOException if the registry does not answer
     */
    Part list(Caller caller, String after, int limit) throws IOException {
        var entries = new ArrayList<Entry>();
        String last = after;
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            RegistryCatalogue.Page page = registry.after(last);
            for (Entry entry : visible(caller, page.names())) {
                if (entries.size() == limit) {
                    return new Part(entries, entries.getLast().repository());
                }
                entries.add(entry);
            }
            if (!page.more()) {
                return new Part(entries, null);
            }
            last = page.names().getLast();
        }
        return new Part(entries, last);
    }

    private List<Entry> visible(Caller caller, List<String> names) {
        List<RepositoryName> repositories = names.stream()
                .flatMap(name -> RepositoryName.parse(name).stream())
                .toList();
        Map<RepositoryName, Holding> holdings = claims.holdings(repositories, caller.subject());
        return repositories.stream()
                .map(name -> policy.grant(
                        caller,
                        new ResourceScope("repository", name.value(), ACTIONS),
                        Optional.ofNullable(holdings.get(name))))
                .filter(granted -> granted.actions().contains("pull"))
                .map(granted -> new Entry(granted.name(), granted.actions()))
                .toList();
    }
}
