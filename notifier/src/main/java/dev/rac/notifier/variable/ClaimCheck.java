package dev.rac.notifier.variable;

import dev.rac.notifier.image.RegistryAuthClient;
import dev.rac.notifier.image.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whose repositories are. What nobody has claimed, anybody may push to: an image that reads its variables aloud, too;
 * and so may who claims it after its owner has released it. Thread-safe.
 */
public final class ClaimCheck {
    private final RegistryAuthClient registryAuth;

    public ClaimCheck(RegistryAuthClient registryAuth) {
        this.registryAuth = registryAuth;
    }

    /**
     * The claim that decides about a repository, if there is one.
     *
     * @throws UnavailableException if registry-auth does not say
     */
    public Optional<Claim> of(String repository) {
        JsonNode answer = registryAuth.get("/holders/" + repository);
        List<String> since =
                answer.path("claimed_at").valueStream().map(JsonNode::asString).toList();
        return since.isEmpty() ? Optional.empty() : Optional.of(new Claim(since.getFirst(), Set.copyOf(since)));
    }
}
