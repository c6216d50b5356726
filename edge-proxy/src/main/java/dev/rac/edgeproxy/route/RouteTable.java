package dev.rac.edgeproxy.route;

import dev.rac.targets.AppName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Host names and where they lead. One look-up in one map, however many apps there are. Thread-safe.
 *
 * @param <A> what is kept of an app
 */
public final class RouteTable<A> {
    private final Route<A> own = new Route.OwnHost<>();
    private final ConcurrentHashMap<String, Route.ToApp<A>> apps = new ConcurrentHashMap<>();
    private final String domain;
    private final String suffix;
    private final boolean local;

    /**
     * Creates an empty table.
     *
     * @param domain the front door's own host; apps are at {@code <name>.<domain>}. Where it is {@code localhost}, the
     *     loopback addresses are its own host too.
     */
    public RouteTable(String domain) {
        this.domain = domain.toLowerCase(Locale.ROOT);
        this.suffix = "." + this.domain;
        this.local = this.domain.equals("localhost");
    }

    /** Where the value of a {@code Host} header leads; never throws. */
    public Route<A> find(String hostHeader) {
        String host = HostName.of(hostHeader);
        if (host.endsWith(suffix)) {
            String name = host.substring(0, host.length() - suffix.length());
            Route.@Nullable ToApp<A> route = apps.get(name);
            return route == null ? new Route.NoSuchApp<>(name) : route;
        }
        boolean ours = host.equals(domain) || (local && HostName.isLoopbackAddress(host));
        return ours ? own : new Route.ForeignHost<>(host);
    }

    /** The host of an app, without a port. */
    public String host(AppName name) {
        return name + suffix;
    }

    public Optional<A> get(AppName name) {
        return Optional.ofNullable(apps.get(name.value())).map(Route.ToApp::app);
    }

    /** The app of that name; where there is none, a new one is put in the table. */
    public A getOrAdd(AppName name, Supplier<A> app) {
        return apps.computeIfAbsent(name.value(), key -> new Route.ToApp<>(app.get()))
                .app();
    }

    public Optional<A> remove(AppName name) {
        return Optional.ofNullable(apps.remove(name.value())).map(Route.ToApp::app);
    }

    /** Does something with every app, without copying thousands of them. */
    public void forEach(Consumer<A> action) {
        apps.values().forEach(route -> action.accept(route.app()));
    }

    /** Every app at this moment. */
    public List<A> apps() {
        return apps.values().stream().map(Route.ToApp::app).toList();
    }
}
