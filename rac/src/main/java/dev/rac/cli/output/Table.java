package dev.rac.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Cells as text, each column as wide as its widest cell. Pure. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /** The rows, each a line; all have as many cells. */
    static String of(List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), width(row.get(i))));
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell).repeat(' ', widths.get(i) - width(cell)).append(GAP);
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
