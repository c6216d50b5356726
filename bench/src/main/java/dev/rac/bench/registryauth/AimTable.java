package dev.rac.bench.registryauth;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.figure.Aim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The aims and what became of them. */
final class AimTable {
    private AimTable() {}

    /** A table for each aim. */
    static String of(List<Verdict> verdicts) {
        Map<Aim, Map<Kind, List<Verdict>>> byAim = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            byAim.computeIfAbsent(verdict.aim(), missing -> new LinkedHashMap<>())
                    .computeIfAbsent(verdict.point().kind(), missing -> new ArrayList<>())
                    .add(verdict);
        }
        var text = new StringBuilder();
        byAim.forEach((aim, kinds) -> text.append(table(aim, kinds)));
        return text.toString();
    }

    private static String table(Aim aim, Map<Kind, List<Verdict>> kinds) {
        var table = new Table(
                "**" + aim.what() + ": " + aim.bound() + " " + aim.value() + "**",
                "1 scope",
                "10 scopes",
                "100 scopes");
        kinds.forEach((kind, verdicts) -> {
            var cells = new ArrayList<String>();
            cells.add(kind.toString());
            verdicts.forEach(verdict -> cells.add(cell(verdict)));
            table.row(cells);
        });
        return table.toString();
    }

    private static String cell(Verdict verdict) {
        return Numbers.of(verdict.ratio()) + (verdict.met() ? " met" : " **missed**");
    }
}
