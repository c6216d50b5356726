package dev.rac.bench.registryauth;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.load.Measured;
import dev.rac.bench.profile.Profile;
import dev.rac.bench.profile.Profile.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Profiles side by side. */
final class ProfileTable {
    // What is less in all of them is no place where time goes.
    private static final double SHOWN = 0.02;
    private static final int METHODS = 8;

    private ProfileTable() {}

    /** The parts of the program in the order of the first profile. */
    static String of(List<Miss.Profiled> profiles) {
        var head = new ArrayList<>(List.of("µs of processor time for a token"));
        profiles.forEach(one -> head.add(one.verdict().point().toString()));
        var table = new Table(head.toArray(String[]::new));
        for (String area : areas(profiles)) {
            var row = new ArrayList<>(List.of(area));
            profiles.forEach(one -> row.add(cell(one, share(one.profile(), area))));
            table.row(row);
        }
        var rest = new ArrayList<>(List.of("other parts"));
        profiles.forEach(one -> rest.add(cell(one, rest(one.profile(), areas(profiles)))));
        table.row(rest);
        table.row(sums("**registry-auth, in all**", profiles, Measured::serverMicros));
        table.row(sums("sending the requests", profiles, Measured::generatorMicros));
        return table.toString();
    }

    static String methods(Profile profile) {
        return profile.methods().stream()
                .limit(METHODS)
                .map(method -> "`" + method.name() + "` " + Numbers.percent(method.share()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> areas(List<Miss.Profiled> profiles) {
        return profiles.stream()
                .flatMap(one -> one.profile().areas().stream())
                .filter(area -> area.share() >= SHOWN)
                .map(Share::name)
                .distinct()
                .toList();
    }

    private static double share(Profile profile, String area) {
        return profile.areas().stream()
                .filter(share -> share.name().equals(area))
                .mapToDouble(Share::share)
                .sum();
    }

    private static double rest(Profile profile, List<String> areas) {
        return profile.areas().stream()
                .filter(share -> !areas.contains(share.name()))
                .mapToDouble(Share::share)
                .sum();
    }

    private static String cell(Miss.Profiled one, double share) {
        return Numbers.of(share * one.load().serverMicros()) + " (" + Numbers.percent(share) + ")";
    }

    private static List<String> sums(String name, List<Miss.Profiled> profiles, ToDoubleFunction<Measured> micros) {
        var row = new ArrayList<>(List.of(name));
        profiles.forEach(one -> row.add(Numbers.of(micros.applyAsDouble(one.load()))));
        return row;
    }
}
