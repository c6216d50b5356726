package dev.rac.notifier.app;

import dev.rac.notifier.deploy.AppNames;
import dev.rac.notifier.deploy.Outcome;
import dev.rac.notifier.deploy.Outcomes;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows apps. Thread-safe. */
final class AppViews {
    private final Outcomes outcomes;
    private final URI publicUrl;

    AppViews(Outcomes outcomes, URI publicUrl) {
        this.outcomes = outcomes;
        this.publicUrl = publicUrl;
    }

    /**
     * A repository's app with its previews.
     *
     * @param apps those of the repository
     */
    AppView repository(String repository, List<AppStatus> apps) {
        Optional<AppView.LastPush> lastPush = outcomes.last(repository).map(AppViews::lastPush);
        List<AppView> previews = apps.stream()
                .filter(status -> !AppNames.isRelease(status.app()))
                .map(this::app)
                .toList();
        return apps.stream()
                .filter(status -> AppNames.isRelease(status.app()))
                .findFirst()
                .map(status -> view(status, lastPush, previews))
                .orElseGet(() -> notDeployed(repository, lastPush, previews));
    }

    /** One app alone. */
    AppView app(AppStatus status) {
        App app = status.app();
        return view(status, outcomes.last(app.repository(), app.tag()).map(AppViews::lastPush), List.of());
    }

    /** A tag that has no app, though it was pushed. */
    AppView notDeployed(Outcome outcome) {
        return notDeployed(outcome.push().repository(), Optional.of(lastPush(outcome)), List.of());
    }

    private static AppView notDeployed(String repository, Optional<AppView.LastPush> lastPush, List<AppView> previews) {
        return new AppView(
                Optional.empty(),
                repository,
                Optional.empty(),
                Optional.empty(),
                "not_deployed",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                lastPush,
                Map.of(),
                previews);
    }

    private AppView view(AppStatus status, Optional<AppView.LastPush> lastPush, List<AppView> previews) {
        App app = status.app();
        return new AppView(
                Optional.of(app.name().value()),
                app.repository(),
                Optional.of(app.tag()),
                Optional.of(url(app.name())),
                state(status),
                Optional.of(app.digest()),
                Optional.of(app.image()),
                Optional.of(app.port()),
                app.pushedBy(),
                Optional.of(app.pushedAt()),
                app.warnings(),
                status.failure().map(AppView.FailureView::of),
                lastPush,
                app.description(),
                previews);
    }

    // The front door's own scheme and port, the app's name before its host.
    private String url(AppName name) {
        String port = publicUrl.getPort() < 0 ? "" : ":" + publicUrl.getPort();
        return publicUrl.getScheme() + "://" + name + "." + publicUrl.getHost() + port;
    }

    private static String state(AppStatus status) {
        if (status.updating()) {
            return "updating";
        }
        return switch (status.state()) {
            case ASLEEP -> "asleep";
            case WAKING -> "waking";
            case AWAKE -> "running";
            case FROZEN -> "frozen";
            case FAILED -> "failed";
        };
    }

    private static AppView.LastPush lastPush(Outcome outcome) {
        return new AppView.LastPush(
                outcome.push().digest(),
                outcome.push().tag(),
                outcome.state().name().toLowerCase(Locale.ROOT),
                outcome.reason(),
                outcome.failure().map(AppView.FailureView::of),
                outcome.at());
    }
}
