package dev.rac.notifier.app;

import dev.rac.service.http.Etag;
import dev.rac.service.http.Paging;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code GET /apps}: what the caller may see, a part at a time; or, as an event stream, what changes. */
final class AppListRoutes {
    private static final String EVENT_STREAM = "text/event-stream";

    private final Target target;
    private final AppRequests requests;
    private final AppViews views;
    private final AppEvents events;

    AppListRoutes(Target target, AppRequests requests, AppViews views, AppEvents events) {
        this.target = target;
        this.requests = requests;
        this.views = views;
        this.events = events;
    }

    void addTo(JavalinConfig config) {
        config.routes.get("/apps", ctx -> {
            String accept = ctx.header("Accept");
            if (accept != null && accept.contains(EVENT_STREAM)) {
                events.stream(ctx);
            } else {
                list(ctx);
            }
        });
    }

    private void list(Context ctx) {
        Paging paging = Paging.of(ctx);
        var byRepository = target.apps().stream()
                .collect(Collectors.groupingBy(status -> status.app().repository(), TreeMap::new, Collectors.toList()));
        List<Map.Entry<String, List<AppStatus>>> part = byRepository.tailMap(paging.after(), false).entrySet().stream()
                .limit(paging.limitAndOne())
                .toList();
        part = paging.cut(ctx, part, Map.Entry::getKey);
        Access access =
                requests.access(ctx, part.stream().map(Map.Entry::getKey).toList());
        List<AppView> apps = part.stream()
                .filter(entry -> access.mayRead(entry.getKey()))
                .map(entry -> views.repository(entry.getKey(), entry.getValue()))
                .toList();
        Etag.json(ctx, Map.of("apps", apps));
    }
}
