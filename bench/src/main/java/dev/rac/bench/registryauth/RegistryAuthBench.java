package dev.rac.bench.registryauth;

import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.ServiceBench;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.process.Bystanders;
import dev.rac.bench.process.Memory;
import java.nio.file.Path;
import java.util.List;

/** Tokens per second, response times and memory of registry-auth. */
public final class RegistryAuthBench implements ServiceBench {
    static final int FEW_CLAIMS = 1_000;
    static final int FEW_USERS = 1_000;

    @Override
    public String name() {
        return "registry-auth";
    }

    @Override
    public String measure(Workplace place) {
        Effort effort = place.effort();
        place.progress().now("fill databases with " + effort.claims() + " and " + FEW_CLAIMS + " claims");
        try (var few = start(place, "few", FEW_USERS, FEW_CLAIMS);
                var many = start(place, "many", effort.users(), effort.claims());
                var constant = ConstantBody.start(few, log(place, "constant"))) {
            Memory fewStarted = Memory.of(few.process());
            Memory manyStarted = Memory.of(many.process());
            var bystanders = new Bystanders(List.of(few.process(), many.process(), constant.process()));
            Results results = rounds(place, few, many, constant);
            double others = bystanders.share();
            var fewFootprint = Footprint.of(few, fewStarted);
            var manyFootprint = Footprint.of(many, manyStarted);
            List<Verdict> verdicts = Aims.verdicts(results);
            place.progress().now("profile what misses its aim");
            List<Miss> misses = new Misses(few, many, results, effort).profile(verdicts);
            return new Section(results, effort).text(verdicts, misses, fewFootprint, manyFootprint, others);
        }
    }

    private static Results rounds(Workplace place, TokenServer few, TokenServer many, ConstantBody constant) {
        var results = new Results();
        var rounds = new Rounds(few, many, constant, place.effort(), results);
        place.progress().now("warm up");
        rounds.warmUp();
        for (int round = 1; round <= place.effort().rounds(); round++) {
            place.progress().now("round " + round);
            rounds.quiet();
            place.progress().now("round " + round + ", wrong passwords beside it");
            rounds.flooded();
        }
        return results;
    }

    private static TokenServer start(Workplace place, String name, int users, int claims) {
        return TokenServer.start(users, claims, place.scratch().resolve(name), log(place, name));
    }

    private static Path log(Workplace place, String name) {
        return place.logs().resolve("bench-registry-auth-" + name + ".log");
    }
}
