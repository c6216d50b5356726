package dev.rac.bench.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/** What the figures were measured on, without what tells whose machine it is. */
public final class Machine {
    private static final double GIBI = 1024.0 * 1024 * 1024;

    private Machine() {}

    /** One line. */
    public static String describe(LocalDate today) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int cores = Runtime.getRuntime().availableProcessors();
        return "Measured on " + today + " with " + cores + " cores"
                + processor().map(name -> " (" + name + ")").orElse("")
                + ", " + Math.round(system.getTotalMemorySize() / GIBI) + " GiB of memory, "
                + System.getProperty("os.name") + " "
                + System.getProperty("os.version").replaceAll("-.*", "") + " "
                + System.getProperty("os.arch") + ", " + System.getProperty("java.vendor") + " JDK "
                + System.getProperty("java.version") + ".";
    }

    private static Optional<String> processor() {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
