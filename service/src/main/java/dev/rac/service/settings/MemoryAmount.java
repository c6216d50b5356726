package dev.rac.service.settings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory as people write it on Docker's command line and in Kubernetes manifests. */
public final class MemoryAmount {
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*([kmgt]?)i?b?");

    private MemoryAmount() {}

    /** {@code 256m}, {@code 256Mi}, {@code 0.5g} or plain bytes; every unit is a power of 1024. */
    public static Optional<Long> bytes(String text) {
        Matcher matcher = MEMORY.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int power = switch (matcher.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            case "t" -> 40;
            default -> 0;
        };
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << power));
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(bytes.longValue());
    }
}
