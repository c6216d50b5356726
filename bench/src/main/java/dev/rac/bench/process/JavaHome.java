package dev.rac.bench.process;

import java.nio.file.Path;

/** The JDK that runs this. */
final class JavaHome {
    private JavaHome() {}

    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
