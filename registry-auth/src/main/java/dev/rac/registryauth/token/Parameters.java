package dev.rac.registryauth.token;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a query or a form ({@code application/x-www-form-urlencoded}, in UTF-8). */
record Parameters(Map<String, List<String>> values) {

    /**
     * Decodes parameters.
     *
     * @throws TokenException if a percent sign is not followed by two hexadecimal digits
     */
    static Parameters parse(@Nullable String encoded) {
        var values = new LinkedHashMap<String, List<String>>();
        if (encoded == null || encoded.isEmpty()) {
            return new Parameters(values);
        }
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return new Parameters(values);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /**
     * The value of a parameter that is there and not empty.
     *
     * @throws TokenException if it has several values
     */
    Optional<String> one(String name) {
        List<String> found = all(name).stream().distinct().toList();
        if (found.size() > 1) {
            throw TokenException.invalidRequest("the parameter " + name + " is there more than once");
        }
        return found.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /** Never shows the values, among which passwords are. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw TokenException.invalidRequest("a parameter is not percent-encoded as it should be");
        }
    }
}
