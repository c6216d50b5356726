package dev.rac.cli.output;

import dev.rac.cli.api.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Which of the API's fields are shown, and in which order. Pure. */
public record Columns(List<String> fields) {
    private static final String NOTHING = "-";

    public static Columns of(String... fields) {
        return new Columns(List.of(fields));
    }

    /** A line of titles, and one for each object. */
    public String table(Iterable<JsonNode> objects) {
        var rows = new ArrayList<List<String>>();
        rows.add(fields.stream()
                .map(field -> title(field).toUpperCase(Locale.ROOT))
                .toList());
        objects.forEach(object ->
                rows.add(fields.stream().map(field -> cell(object.path(field))).toList()));
        return Table.of(rows);
    }

    /** One object, a line for each of its fields. */
    public String lines(JsonNode object) {
        return Table.of(fields.stream()
                .map(field -> List.of(title(field), cell(object.path(field))))
                .toList());
    }

    private static String title(String field) {
        return field.replace('_', ' ');
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return value.isEmpty()
                    ? NOTHING
                    : StreamSupport.stream(value.spliterator(), false)
                            .map(Columns::cell)
                            .collect(Collectors.joining(","));
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "yes" : "no";
        }
        String text = Words.oneLine(value.asString(""));
        return text.isEmpty() ? NOTHING : text;
    }
}
