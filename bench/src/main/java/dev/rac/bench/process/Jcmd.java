package dev.rac.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The JDK's diagnostic commands to a running JVM. */
public final class Jcmd {
    private Jcmd() {}

    /**
     * Runs a command in another JVM.
     *
     * @return what it says
     * @throws ProcessException if it fails
     */
    public static String run(long pid, String... command) {
        var all = new ArrayList<>(List.of(JavaHome.tool("jcmd"), Long.toString(pid)));
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new ProcessException(String.join(" ", all) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run jcmd", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessException("interrupted");
        }
    }
}
