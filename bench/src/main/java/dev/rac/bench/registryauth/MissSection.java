package dev.rac.bench.registryauth;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.figure.Aim;
import java.util.List;
import java.util.stream.Collectors;

/** By how much aims are missed, and where the time goes. */
final class MissSection {
    private MissSection() {}

    static String of(List<Miss> misses) {
        return misses.stream().map(MissSection::of).collect(Collectors.joining());
    }

    private static String of(Miss miss) {
        Aim aim = miss.verdicts().getFirst().aim();
        String by = miss.verdicts().stream().map(MissSection::byHowMuch).collect(Collectors.joining("; "));
        return "**" + aim.what() + "**, " + aim.bound() + " " + aim.value() + ", is missed: " + by + ".\n\n"
                + ProfileTable.of(miss.profiles())
                + miss.profiles().stream().map(MissSection::rest).collect(Collectors.joining());
    }

    private static String byHowMuch(Verdict verdict) {
        return verdict.point() + " " + Numbers.of(verdict.ratio().median()) + " (by "
                + Numbers.percent(verdict.missedBy()) + ")";
    }

    private static String rest(Miss.Profiled profiled) {
        var profile = profiled.profile();
        return "Of " + profiled.verdict().point() + ": innermost methods " + ProfileTable.methods(profile)
                + ". Garbage was collected " + profile.collections() + " times in "
                + Numbers.of(profiled.load().elapsed().toMillis() / 1e3) + " s, which stopped the server for "
                + Numbers.of(profile.allPauses().toNanos() / 1e6) + " ms, at most "
                + Numbers.of(profile.longestPause().toNanos() / 1e6) + " ms at once.\n\n";
    }
}
