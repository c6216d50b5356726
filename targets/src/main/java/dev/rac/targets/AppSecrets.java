package dev.rac.targets;

import java.util.Map;

/**
 * What an app needs and nobody is shown.
 *
 * @param credential what the engine pulls the app's image with
 * @param environment variables that its owner set; they take precedence over {@link App#environment()}
 */
public record AppSecrets(PullCredential credential, Map<String, String> environment) {
    public AppSecrets {
        environment = Map.copyOf(environment);
    }

    /** No variables. */
    public static AppSecrets of(PullCredential credential) {
        return new AppSecrets(credential, Map.of());
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return credential + " and " + environment.size() + " variables";
    }
}
