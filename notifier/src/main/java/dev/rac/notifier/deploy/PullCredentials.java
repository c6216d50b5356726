package dev.rac.notifier.deploy;

import dev.rac.notifier.image.RegistryAuthClient;
import dev.rac.notifier.image.UnavailableException;
import dev.rac.targets.PullCredential;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Gets the credentials that engines pull with: each for one repository, valid for 30 days. Thread-safe. */
final class PullCredentials {
    private final RegistryAuthClient registryAuth;
    private final String registryHost;

    PullCredentials(RegistryAuthClient registryAuth, String registryHost) {
        this.registryAuth = registryAuth;
        this.registryHost = registryHost;
    }

    /**
     * A new credential.
     *
     * @throws UnavailableException if registry-auth does not give one
     */
    PullCredential of(String repository) {
        JsonNode answer = registryAuth.post("/pull-credentials", Map.of("repository", repository));
        String user = answer.path("username").asString("");
        String password = answer.path("password").asString("");
        if (user.isEmpty() || password.isEmpty()) {
            throw new UnavailableException("registry-auth answered without a pull credential for " + repository);
        }
        return new PullCredential(registryHost, user, password);
    }
}
