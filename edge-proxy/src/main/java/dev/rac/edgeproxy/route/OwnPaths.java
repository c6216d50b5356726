package dev.rac.edgeproxy.route;

import dev.rac.edgeproxy.route.OwnRoute.AmbiguousPath;
import dev.rac.edgeproxy.route.OwnRoute.NoSuchPath;
import dev.rac.edgeproxy.route.OwnRoute.Page;
import dev.rac.edgeproxy.route.OwnRoute.ToService;
import java.util.Locale;

/**
 * The paths of the front door's own host. Pure.
 *
 * <p>Only what is listed is forwarded: the services have more paths ({@code /notifications}, {@code /metrics},
 * {@code /pull-credentials}, {@code /certificates}) that are not for strangers.
 */
public final class OwnPaths {
    private static final OwnRoute REGISTRY = new ToService(Service.REGISTRY);
    private static final OwnRoute AUTH = new ToService(Service.AUTH);
    private static final OwnRoute NOTIFIER = new ToService(Service.NOTIFIER);
    private static final OwnRoute NOTHING = new NoSuchPath();
    private static final OwnRoute AMBIGUOUS = new AmbiguousPath();

    private OwnPaths() {}

    /**
     * Where a path leads.
     *
     * @param path as it stands in the request, percent-encoded, without the query
     */
    public static OwnRoute find(String path) {
        if (hasDotSegment(path)) {
            return AMBIGUOUS;
        }
        return switch (path) {
            case "/" -> Page.WELCOME;
            case "/healthz" -> Page.HEALTH;
            case "/readyz" -> Page.READINESS;
            case "/token", "/claim", "/audit", "/repositories" -> AUTH;
            default -> byFirstSegment(path);
        };
    }

    private static OwnRoute byFirstSegment(String path) {
        int end = path.indexOf('/', 1);
        return switch (end < 0 ? path : path.substring(0, end)) {
            case "/v2" -> REGISTRY;
            case "/users", "/claims", "/access-tokens", "/signing-keys" -> AUTH;
            case "/apps" -> NOTIFIER;
            default -> NOTHING;
        };
    }

    /**
     * Whether any server might resolve the path to one of another beginning (RFC 3986, section 5.2.4): by {@code .} or
     * {@code ..}, also percent-encoded, with path parameters, or with backslashes for slashes.
     */
    private static boolean hasDotSegment(String path) {
        if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
            return false;
        }
        String decoded = path.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "/")
                .replace("%3b", ";")
                .replace('\\', '/');
        for (String segment : decoded.split("/", -1)) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
