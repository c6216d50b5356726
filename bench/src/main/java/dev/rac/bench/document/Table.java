package dev.rac.bench.document;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. Not thread-safe. */
public final class Table {
    private final List<String> lines = new ArrayList<>();

    /** Begins a table; the first column is for words, the others for numbers. */
    public Table(String... head) {
        row(head);
        lines.add("|---|" + "--:|".repeat(head.length - 1));
    }

    public Table row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    public Table row(List<String> cells) {
        return row(cells.toArray(String[]::new));
    }

    /** The table's lines, with an empty one after them. */
    @Override
    public String toString() {
        return String.join("\n", lines) + "\n\n";
    }
}
