package dev.rac.bench.profile;

import dev.rac.bench.process.Jcmd;
import dev.rac.bench.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import jdk.jfr.consumer.RecordingFile;

/** Records a server's JVM while it is under load. */
public final class Recording {
    private Recording() {}

    /** What came of a load, and where the server's time went meanwhile. */
    public record Recorded<T>(T result, Profile profile) {}

    /** Records while {@code load} runs. */
    public static <T> Recorded<T> during(ServerProcess server, Supplier<T> load) {
        try {
            Path file = Files.createTempFile("rac-bench", ".jfr");
            try {
                start(server);
                T result = load.get();
                Jcmd.run(server.pid(), "JFR.stop", "name=bench", "filename=" + file);
                return new Recorded<>(result, Profile.of(RecordingFile.readAllEvents(file)));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a recording", e);
        }
    }

    // Samples by processor time (JEP 509) are fair to native code, of which the signature is; other systems than Linux
    // have none, and then the samples of Java code count.
    private static void start(ServerProcess server) {
        Jcmd.run(
                server.pid(),
                "JFR.start",
                "name=bench",
                "settings=profile",
                "jdk.CPUTimeSample#enabled=true",
                "jdk.CPUTimeSample#throttle=5ms");
    }
}
