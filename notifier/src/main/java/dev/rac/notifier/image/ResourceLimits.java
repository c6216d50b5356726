package dev.rac.notifier.image;

import dev.rac.service.settings.Environment;
import dev.rac.service.settings.MemoryAmount;
import dev.rac.targets.App;
import java.util.Optional;

/**
 * The most that the operator lets one instance of an app use. What an image asks for beyond it is cut, with a warning:
 * whoever pushes must not take the machine from everybody else.
 *
 * @param cpuMillis thousandths of a CPU
 * @param memoryBytes memory without swap
 */
public record ResourceLimits(int cpuMillis, long memoryBytes) {
    private static final int DEFAULT_CPU_MILLIS = 1000;
    private static final int MIN_CPU_MILLIS = 10;
    private static final int MAX_CPU_MILLIS = 64_000;
    private static final String CPU = "CPUs such as 0.5, 2 or 250m, from 10m to 64";

    private static final long DEFAULT_MEMORY_BYTES = 512L << 20;
    // The Docker Engine takes no less than 6 MiB.
    private static final long MIN_MEMORY_BYTES = 8L << 20;
    private static final long MAX_MEMORY_BYTES = 1L << 40;
    private static final String MEMORY = "memory such as 128Mi, 512m or 2g, from 8Mi to 1Ti";

    /** Where the operator says nothing. */
    public static final ResourceLimits DEFAULT = new ResourceLimits(4000, 4L << 30);

    /** From {@code RAC_MAX_CPU} and {@code RAC_MAX_MEMORY}. */
    public static ResourceLimits read(Environment environment) {
        return new ResourceLimits(
                environment.value("RAC_MAX_CPU", DEFAULT.cpuMillis(), "expected " + CPU, ResourceLimits::cpu),
                environment.value(
                        "RAC_MAX_MEMORY", DEFAULT.memoryBytes(), "expected " + MEMORY, ResourceLimits::memory));
    }

    /** What an image asks for, or the default, but no more than this. */
    App.Resources read(Labels labels) {
        int cpu = labels.find("rac.cpu", CPU, ResourceLimits::cpu).orElse(Math.min(DEFAULT_CPU_MILLIS, cpuMillis));
        long memory = labels.find("rac.memory", MEMORY, ResourceLimits::memory)
                .orElse(Math.min(DEFAULT_MEMORY_BYTES, memoryBytes));
        if (cpu > cpuMillis) {
            labels.warn("rac.cpu is more than an app may have here: it has " + cpuMillis + "m");
        }
        if (memory > memoryBytes) {
            labels.warn("rac.memory is more than an app may have here: it has " + (memoryBytes >> 20) + "Mi");
        }
        return new App.Resources(Math.min(cpu, cpuMillis), Math.min(memory, memoryBytes));
    }

    private static Optional<Integer> cpu(String text) {
        return Quantities.cpuMillis(text).filter(millis -> millis >= MIN_CPU_MILLIS && millis <= MAX_CPU_MILLIS);
    }

    private static Optional<Long> memory(String text) {
        return MemoryAmount.bytes(text).filter(bytes -> bytes >= MIN_MEMORY_BYTES && bytes <= MAX_MEMORY_BYTES);
    }
}
