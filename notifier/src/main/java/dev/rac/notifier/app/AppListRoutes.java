package dev.rac.notifier.app;

import dev.rac.service.http.Etag;
import dev.rac.service.http.Paging;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
        NavigableMap<String, List<AppStatus>> rest = target.apps().stream()
                .collect(Collectors.groupingBy(status -> status.app().repository(), TreeMap::new, Collectors.toList()))
                .tailMap(paging.after(), false);
        var readable = new ArrayList<Map.Entry<String, List<AppStatus>>>();
        // Part by part, until there are enough: what the caller may not see must not be named as where to go on.
        while (!rest.isEmpty() && readable.size() < paging.limitAndOne()) {
            List<String> some =
                    rest.keySet().stream().limit(paging.limitAndOne()).toList();
            Access access = requests.access(ctx, some);
            rest.headMap(some.getLast(), true).entrySet().stream()
                    .filter(entry -> access.mayRead(entry.getKey()))
                    .forEach(readable::add);
            rest = rest.tailMap(some.getLast(), false);
        }
        List<Map.Entry<String, List<AppStatus>>> part =
                readable.stream().limit(paging.limitAndOne()).toList();
        List<AppView> apps = paging.cut(ctx, part, Map.Entry::getKey).stream()
                .map(entry -> views.repository(entry.getKey(), entry.getValue()))
                .toList();
        Etag.json(ctx, Map.of("apps", apps));
    }
}
