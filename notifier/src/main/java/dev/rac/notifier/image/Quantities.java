package dev.rac.notifier.image;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people write them on Docker's command line and in Kubernetes manifests. */
final class Quantities {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CPU = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(m?)");
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private Quantities() {}

    /** Decimal digits alone, from {@code min} to {@code max}. */
    static Optional<Integer> wholeNumber(String text, int min, int max) {
        return Optional.of(text)
                .filter(digits -> WHOLE.matcher(digits).matches())
                .map(Integer::valueOf)
                .filter(value -> value >= min && value <= max);
    }

    /** {@code 0.5}, {@code 2} or {@code 500m}, as thousandths. */
    static Optional<Integer> cpuMillis(String text) {
        Matcher matcher = CPU.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var amount = new BigDecimal(matcher.group(1));
        BigDecimal millis = matcher.group(2).isEmpty() ? amount.multiply(THOUSAND) : amount;
        return Optional.of(millis.setScale(0, RoundingMode.CEILING).intValueExact());
    }
}
