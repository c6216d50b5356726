package dev.rac.edgeproxy.route;

/**
 * Where a host name leads.
 *
 * @param <A> what the table keeps of an app
 */
public sealed interface Route<A> {

    /** The host of an app. */
    record ToApp<A>(A app) implements Route<A> {}

    /** The front door's own host: {@link OwnPaths} says more. */
    record OwnHost<A>() implements Route<A> {}

    /** A host under the domain that no app has. */
    record NoSuchApp<A>(String name) implements Route<A> {}

    /** A host that has nothing to do with this front door. */
    record ForeignHost<A>(String host) implements Route<A> {}
}
