package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.wake.Refusal;
import dev.rac.service.http.Problem;
import dev.rac.targets.App;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.Optional;

/** What a request is told that does not reach its app. Pure. Never shows the app's output: that is its owner's. */
final class RefusalPage {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private RefusalPage() {}

    static ErrorPage of(Refusal refusal, App app) {
        return switch (refusal) {
            case Refusal.TooManyWaiting full ->
                ErrorPage.unavailable(app.name() + " is starting or busy, and no more requests may wait for it", LATER);
            case Refusal.TooManyStarts many ->
                new ErrorPage(
                        Problem.of(
                                StatusCodes.TOO_MANY_REQUESTS,
                                "too-many-starts",
                                "Too many apps were started",
                                app.name() + " sleeps, and your address has had as many apps started as one may in a"
                                        + " minute"),
                        Optional.of(many.retryAfter()));
            case Refusal.DeadlinePassed late ->
                new ErrorPage(
                        Problem.of(
                                StatusCodes.GATEWAY_TIME_OUT,
                                "app-not-ready",
                                "The app is not ready yet",
                                app.name() + " did not answer within " + text(late.waited()) + "; " + more(app)),
                        Optional.of(LATER));
            case Refusal.AppFailed failed ->
                new ErrorPage(
                        failedProblem(
                                app.name() + " does not start: " + forStrangers(failed.reason()) + "; " + more(app)),
                        Optional.of(failed.retryAfter()));
            case Refusal.AppRemoved removed -> ErrorPage.notFound("there is no app at this host any more");
            case Refusal.Closing closing -> ErrorPage.unavailable("the front door is about to end", SOON);
        };
    }

    /** Its address refuses connections, also after another start. */
    static ErrorPage unreachable(App app) {
        return new ErrorPage(
                failedProblem(app.name() + " cannot be reached at its address; " + more(app)), Optional.of(SOON));
    }

    /** It took the request and closed the connection. */
    static ErrorPage brokenOff(App app) {
        return ErrorPage.of(failedProblem(app.name() + " broke off the connection before it answered; " + more(app)));
    }

    private static Problem failedProblem(String detail) {
        return Problem.of(StatusCodes.BAD_GATEWAY, "app-failed", "The app does not answer", detail);
    }

    // What the platform says of the trouble follows a colon, and is for those who may see the app.
    private static String forStrangers(String reason) {
        int colon = reason.indexOf(": ");
        return colon < 0 ? reason : reason.substring(0, colon);
    }

    private static String more(App app) {
        return "GET /apps/" + app.repository() + " says more";
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
