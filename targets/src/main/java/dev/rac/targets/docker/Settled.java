package dev.rac.targets.docker;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.UnknownAppException;
import java.util.List;

/** Looks at an app once what was begun with its containers is ended. The caller holds the app's lock. */
final class Settled {
    private final Containers containers;
    private final Replacement replacement;
    private final AppReader reader;

    Settled(Containers containers, Replacement replacement, AppReader reader) {
        this.containers = containers;
        this.replacement = replacement;
        this.reader = reader;
    }

    /**
     * Its one container.
     *
     * @throws UnknownAppException if there is no such app
     */
    AppContainer container(AppName app) {
        return replacement.settled(app).orElseThrow(() -> new UnknownAppException(app));
    }

    /**
     * Its state.
     *
     * @throws UnknownAppException if there is no such app
     */
    AppStatus status(AppName app) {
        replacement.settle(app);
        return reader.find(app).orElseThrow(() -> new UnknownAppException(app));
    }

    /**
     * The variables of its container, with those of its image.
     *
     * @throws UnknownAppException if there is no such app
     */
    List<String> environment(AppName app) {
        return replacement
                .settle(app)
                .flatMap(containers::inspect)
                .map(Containers::environment)
                .orElseThrow(() -> new UnknownAppException(app));
    }

    /** Whether it is this revision, with the same settings, and did not fail. */
    boolean isDeployed(App app) {
        return replacement.settle(app.name()).isPresent()
                && reader.find(app.name())
                        .filter(status -> status.isDeployed(app))
                        .isPresent();
    }
}
