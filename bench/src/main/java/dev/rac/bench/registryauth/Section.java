package dev.rac.bench.registryauth;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.process.ServerProcess;
import java.util.List;

/** The document's section on registry-auth. */
final class Section {
    private final Results results;
    private final Effort effort;

    Section(Results results, Effort effort) {
        this.results = results;
        this.effort = effort;
    }

    String text(List<Verdict> verdicts, List<Miss> misses, Footprint few, Footprint many, double others) {
        return "## registry-auth\n\n" + how() + others(others) + "### Aims\n\n" + AimTable.of(verdicts)
                + "### With " + claims(RegistryAuthBench.FEW_CLAIMS) + " and " + users(RegistryAuthBench.FEW_USERS)
                + "\n\n"
                + new PointTable(results, Situation.FEW_CLAIMS).quiet(Point.all())
                + "### While " + Flood.CLIENTS + " clients send wrong passwords\n\n" + flood()
                + new PointTable(results, Situation.FLOOD).flooded(Point.all())
                + "### With " + claims(effort.claims()) + " and " + users(effort.users()) + "\n\n"
                + new PointTable(results, Situation.MANY_CLAIMS).quiet(Point.all())
                + Footprint.table(few, claims(RegistryAuthBench.FEW_CLAIMS), many, claims(effort.claims()))
                + "### What it is compared with\n\n" + Comparison.of(results)
                + (misses.isEmpty() ? "" : missed() + MissSection.of(misses));
    }

    private String how() {
        return """
            `rac registry-auth` runs as a user would start it (bcrypt cost 12, tokens with ES256, the database an H2 \
            file), but with a heap of %s. Clients ask as docker does. Anonymous requests \
            and those with a user's password or token are for repositories that they may push to; ever new scopes \
            spread over the names of all users. A first password is another user's each time; a repeated one was \
            checked less than a minute ago.

            Each point is measured once in each of %d rounds, in turn with all others.

            - **tokens/s**: over 16 connections, each of which asks again as soon as it is answered (first passwords: 4).
            - **p50, p99**: at half that rate, sent by the clock over 48 connections; each counts from when it was due, \
            also where it had to wait for its connection. First passwords are a few in each round: their p99 is the \
            longest.
            - **CPU**: the processor time of registry-auth's process for each token, at capacity; **of the load**, that \
            of sending its requests on the same cores; **busy**, how much of all cores' time the two took together.

            """.formatted(ServerProcess.HEAP, effort.rounds());
    }

    private static String others(double share) {
        return "Other programs took " + Numbers.percent(share) + " of the machine's cores meanwhile.\n\n";
    }

    private static String missed() {
        return """
            ### Where the time goes

            For each aim that is missed, by how much, and profiles taken after all rounds, at the same load as the \
            figure: samples by the processor time of threads that run Java code, native code included. What the JDK's \
            own code does counts for whoever calls it. The collector and the compiler of the JVM have a share that no \
            sample shows, and that is spread over all rows here.

            """;
    }

    private String flood() {
        return """
            %d clients send wrong passwords of ever other names from ever other addresses: each the next one as soon as \
            the last one is answered, or %d ms after a refusal. Of them %s a second were checked (401), and %s a second \
            refused since too many waited (429). The rate for p50 and p99 is the one from above, half of what is \
            answered without them.

            """.formatted(
                        Flood.CLIENTS,
                        Flood.AFTER_REFUSAL.toMillis(),
                        Numbers.of(results.flood(401)),
                        Numbers.of(results.flood(429)));
    }

    private static String claims(int count) {
        return Numbers.of(count) + " claims";
    }

    private static String users(int count) {
        return Numbers.of(count) + " users";
    }
}
