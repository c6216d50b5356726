package dev.rac.bench.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which part of the program some code belongs to. Pure. */
final class Area {
    /** Where only the JDK's own code is on the stack. */
    static final String JDK_ALONE = "the JDK alone: virtual threads, timers";

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
    private static final Map<String, String> LIBRARIES = libraries();
    private static final String OWN = "dev.rac.";

    private Area() {}

    /**
     * The part that some code works for: that of the innermost frame that is not the JDK's. A map is then its user's
     * time, and a socket the server's.
     *
     * @param classes of the frames, the innermost first
     */
    static String of(List<String> classes) {
        return classes.stream()
                .filter(name -> JDK.stream().noneMatch(name::startsWith))
                .findFirst()
                .map(Area::of)
                .orElse(JDK_ALONE);
    }

    private static String of(String className) {
        if (className.startsWith(OWN)) {
            return "RAC: " + packageOf(className).substring(OWN.length());
        }
        Optional<String> library = LIBRARIES.entrySet().stream()
                .filter(known -> className.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return library.orElseGet(() -> packageOf(className));
    }

    private static String packageOf(String className) {
        // Classes of lambdas have a further point behind their dollar sign.
        String outer = className.split("\\$", 2)[0];
        return outer.substring(0, Math.max(0, outer.lastIndexOf('.')));
    }

    private static Map<String, String> libraries() {
        var libraries = new LinkedHashMap<String, String>();
        libraries.put("com.amazon.corretto.", "cryptography (Corretto)");
        libraries.put("com.nimbusds.", "the token's JSON and encoding (Nimbus)");
        libraries.put("at.favre.", "bcrypt");
        libraries.put("org.h2.", "database (H2)");
        libraries.put("org.jdbi.", "access to the database (Jdbi, Hikari)");
        libraries.put("com.zaxxer.", "access to the database (Jdbi, Hikari)");
        libraries.put("tools.jackson.", "the answer's JSON (Jackson)");
        libraries.put("com.fasterxml.", "the answer's JSON (Jackson)");
        libraries.put("io.javalin.", "HTTP: routing (Javalin)");
        libraries.put("kotlin.", "HTTP: routing (Javalin)");
        libraries.put("org.eclipse.jetty.", "HTTP: server, sockets (Jetty)");
        libraries.put("jakarta.servlet.", "HTTP: server, sockets (Jetty)");
        libraries.put("io.micrometer.", "metrics (Micrometer)");
        libraries.put("io.prometheus.", "metrics (Micrometer)");
        libraries.put("com.github.benmanes.", "caches (Caffeine)");
        return libraries;
    }
}
