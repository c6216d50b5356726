package dev.rac.registryauth.user;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the operating system prefer other threads to one: its nice value, {@code setpriority(2)}. On Linux alone, where
 * each thread has one of its own; Java's thread priorities do nothing there.
 */
final class Niceness {
    // From 0, what others have, to 19. With both cores busy a thread of 10 still gets a tenth of one.
    private static final int NICE = 10;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;
    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    private Niceness() {}

    /** Lets the calling thread give way to others that want to run, as long as it lives. */
    @SuppressWarnings("restricted")
    static void giveWay() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        try {
            Linker linker = Linker.nativeLinker();
            Optional<MemorySegment> function = linker.defaultLookup().find("setpriority");
            if (function.isPresent()) {
                MethodHandle setPriority = linker.downcallHandle(
                        function.get(), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
                int result = (int) setPriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, NICE);
                LOG.debug("setpriority: {}", result);
            }
        } catch (Throwable e) {
            // It is slower then, and as right.
            LOG.debug("a thread keeps its nice value", e);
        }
    }
}
