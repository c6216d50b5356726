package dev.rac.targets.docker;

import dev.rac.targets.AppName;
import java.util.Map;
import java.util.Optional;

/** The labels by which our objects on an engine are known. */
final class Labels {
    /** The namespace of the RAC that made the object. */
    static final String NAMESPACE = "dev.rac.namespace";

    /** The app's name. */
    static final String NAME = "dev.rac.name";

    /** The whole app, as {@link dev.rac.targets.AppJson} writes it. */
    static final String APP = "dev.rac.app";

    /** Why the app was stopped, as {@link dev.rac.targets.AppJson} writes it. */
    static final String FAILURE = "dev.rac.failure";

    private Labels() {}

    /** The app that an object with these labels belongs to; nothing if there is none in this namespace. */
    static Optional<AppName> app(Map<String, String> labels, String namespace) {
        String name = labels.get(NAME);
        if (name == null || !namespace.equals(labels.get(NAMESPACE))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AppName(name));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    static Map<String, String> of(String namespace) {
        return Map.of(NAMESPACE, namespace);
    }

    static Map<String, String> of(String namespace, AppName name) {
        return Map.of(NAMESPACE, namespace, NAME, name.value());
    }
}
