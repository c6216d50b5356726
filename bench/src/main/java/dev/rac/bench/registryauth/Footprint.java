package dev.rac.bench.registryauth;

import dev.rac.bench.document.Numbers;
import dev.rac.bench.document.Table;
import dev.rac.bench.process.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.ToLongFunction;

/**
 * What a token server takes of the machine.
 *
 * @param started before it answered anything but two logins
 * @param loaded after all load
 */
record Footprint(Memory started, Memory loaded, long databaseBytes) {

    static Footprint of(TokenServer server, Memory started) {
        try {
            return new Footprint(started, Memory.of(server.process()), Files.size(server.database()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String table(Footprint few, String fewClaims, Footprint many, String manyClaims) {
        var table = new Table("memory of the process", fewClaims, manyClaims);
        row(
                table,
                "resident after the start",
                few,
                many,
                footprint -> footprint.started().residentBytes());
        row(
                table,
                "live heap after the start",
                few,
                many,
                footprint -> footprint.started().liveHeapBytes());
        row(
                table,
                "resident after all load",
                few,
                many,
                footprint -> footprint.loaded().residentBytes());
        row(table, "its peak", few, many, footprint -> footprint.loaded().peakBytes());
        row(
                table,
                "live heap after all load",
                few,
                many,
                footprint -> footprint.loaded().liveHeapBytes());
        row(table, "database file", few, many, Footprint::databaseBytes);
        return table.toString();
    }

    private static void row(Table table, String name, Footprint few, Footprint many, ToLongFunction<Footprint> bytes) {
        table.row(name, Numbers.mebibytes(bytes.applyAsLong(few)), Numbers.mebibytes(bytes.applyAsLong(many)));
    }
}
