package dev.rac.registryauth.scope;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text for property tests: from what is valid to what is not, with everything near the border. */
public final class RandomNames {
    private static final String NEAR = "ab1.-_/*:,%() AZ\n\u0000äа\u200b";
    private static final String[] COMPONENTS = {"a", "b", "team", "x-y", "x.y", "x__y", "1"};

    private RandomNames() {}

    /** A repository's name of 1 to 12 components. */
    public static String repository(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(random.nextBoolean() ? 3 : 12))
                .mapToObj(i -> COMPONENTS[random.nextInt(COMPONENTS.length)])
                .collect(Collectors.joining("/"));
    }

    /** A valid pattern, or nearly one. */
    public static String pattern(Random random) {
        String name = repository(random);
        return random.nextBoolean() ? name : name + "/*";
    }

    /** The text with up to three characters put in, taken out or replaced. */
    public static String mutated(Random random, String text) {
        var mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, character(random));
                case 1 -> mutated.delete(at, Math.min(at + 1, mutated.length()));
                default -> mutated.replace(at, Math.min(at + 1, mutated.length()), String.valueOf(character(random)));
            }
        }
        return mutated.toString();
    }

    private static char character(Random random) {
        return random.nextInt(10) == 0 ? (char) random.nextInt(0x10000) : NEAR.charAt(random.nextInt(NEAR.length()));
    }
}
