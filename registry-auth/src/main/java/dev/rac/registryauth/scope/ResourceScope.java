package dev.rac.registryauth.scope;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked, or granted, for one resource.
 *
 * @param type {@code repository}, {@code registry}, {@code app}, or one that nobody knows
 * @param name the resource's name within its type
 * @param actions in the order they were asked, each once
 */
public record ResourceScope(String type, String name, List<String> actions) {
    private static final Set<String> TYPES_NAMED_BY_REPOSITORY = Set.of("repository", "app");

    public ResourceScope {
        actions = List.copyOf(actions);
    }

    /** The repository that this is about; empty for other resources, and for names with a host. */
    public Optional<RepositoryName> repository() {
        return TYPES_NAMED_BY_REPOSITORY.contains(type) ? RepositoryName.parse(name) : Optional.empty();
    }

    /** The same resource with other actions. */
    public ResourceScope with(List<String> others) {
        return new ResourceScope(type, name, others);
    }

    /** The form that the token protocol uses: {@code repository:alice/hello:pull,push}. */
    @Override
    public String toString() {
        return type + ":" + name + ":" + String.join(",", actions);
    }
}
