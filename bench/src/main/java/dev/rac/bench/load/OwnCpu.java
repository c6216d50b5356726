package dev.rac.bench.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The processor time that this process has taken. */
final class OwnCpu {
    private OwnCpu() {}

    static Duration time() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Duration.ofNanos(system.getProcessCpuTime());
    }
}
