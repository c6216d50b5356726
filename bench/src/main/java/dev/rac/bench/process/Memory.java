package dev.rac.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a JVM, in bytes.
 *
 * @param residentBytes of the whole process, now
 * @param peakBytes the most it ever had
 * @param liveHeapBytes of the heap, what is left after a collection
 */
public record Memory(long residentBytes, long peakBytes, long liveHeapBytes) {
    private static final long KIBI = 1024;
    // Of the last line: "Total  123456  7890123".
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

    /** Looks at a process; counting its live objects makes it collect the others. */
    public static Memory of(ServerProcess server) {
        List<String> status = status(server.pid());
        long resident = kibibytes(status, "VmRSS:") * KIBI;
        long peak = kibibytes(status, "VmHWM:") * KIBI;
        Matcher total = TOTAL.matcher(Jcmd.run(server.pid(), "GC.class_histogram"));
        if (!total.find()) {
            throw new ProcessException("the JVM's histogram has no total");
        }
        return new Memory(resident, peak, Long.parseLong(total.group(1)));
    }

    private static List<String> status(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        } catch (IOException e) {
            throw new UncheckedIOException("only Linux tells the memory of a process in /proc", e);
        }
    }

    private static long kibibytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new ProcessException("/proc does not tell " + name));
    }
}
