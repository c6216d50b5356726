package dev.rac.edgeproxy.route;

/** Where a path on the front door's own host leads. */
public sealed interface OwnRoute {

    /** One of the services. */
    record ToService(Service service) implements OwnRoute {}

    /** A page that the front door answers itself. */
    enum Page implements OwnRoute {
        WELCOME,
        HEALTH,
        READINESS
    }

    /** Nothing is there, or nothing that may be reached from outside. */
    record NoSuchPath() implements OwnRoute {}

    /** A path that its server might read as another one. */
    record AmbiguousPath() implements OwnRoute {}
}
