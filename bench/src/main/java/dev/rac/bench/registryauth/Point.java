package dev.rac.bench.registryauth;

import java.util.Arrays;
import java.util.List;

/** What is measured: a way to ask, for so many scopes at once. */
record Point(Kind kind, int scopes) {
    static final List<Integer> SCOPES = List.of(1, 10, 100);

    /** All of them, in the order of the document. */
    static List<Point> all() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> SCOPES.stream().map(scopes -> new Point(kind, scopes)))
                .toList();
    }

    @Override
    public String toString() {
        return kind + ", " + (scopes == 1 ? "1 scope" : scopes + " scopes");
    }
}
