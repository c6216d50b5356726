package dev.rac.certs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** A process of its own that rotates the signing key of a directory. */
final class Rotations {
    private Rotations() {}

    static Process start(Path directory, int count) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rotations.class.getName(),
                        directory.toString(),
                        String.valueOf(count))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) {
        var certificates = SigningCertificates.open(
                Path.of(arguments[0]), KeyAlgorithm.ES256, Clock.systemUTC(), new SecureRandom());
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            certificates.rotate();
        }
    }
}
