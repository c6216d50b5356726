package dev.rac.cli.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A path of the API with its query, percent-encoded (RFC 3986, section 2.1). Immutable.
 *
 * @param path begins with a slash
 * @param query without its question mark; empty for none
 */
public record ApiPath(String path, String query) {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    // Encoded or not, servers refuse these in a path, or take them for something else.
    private static final Pattern NO_SEGMENT = Pattern.compile("|\\.|\\.\\.|.*[/\\\\%\\p{Cntrl}].*", Pattern.DOTALL);

    // Where the name of a user stands, these are other paths.
    private static final Set<String> NO_USERS = Set.of("me", "import", "export");

    /** A path of the API's own words, which need no encoding: {@code /users/me}. */
    public static ApiPath of(String path) {
        return new ApiPath(path, "");
    }

    /** The path of a user. */
    public static ApiPath user(String name) {
        if (NO_USERS.contains(name)) {
            throw new UsageException("no user is called " + name);
        }
        return of("/users").slash(name);
    }

    /** The path of a claim on a repository or a namespace: {@code alice/hello}, {@code alice/*}. */
    public static ApiPath claim(String repository) {
        String path = Arrays.stream(repository.split("/", -1))
                .map(segment -> encoded(segment, repository))
                .collect(Collectors.joining("/"));
        return of("/claims/" + path);
    }

    /** The path of a claim's member. */
    public static ApiPath member(String repository, String user) {
        ApiPath claim = claim(repository);
        return of(claim.path() + "/-/members").slash(user);
    }

    /** The path of what was done to a claim. */
    public static ApiPath history(String repository) {
        return of(claim(repository).path() + "/-/history");
    }

    /** The path below this one. */
    public ApiPath slash(String segment) {
        return new ApiPath(path + "/" + encoded(segment, segment), query);
    }

    /** The same path with a parameter more. */
    public ApiPath with(String name, String value) {
        String parameter = encode(name) + "=" + encode(value);
        return new ApiPath(path, query.isEmpty() ? parameter : query + "&" + parameter);
    }

    /** The path and its query as they stand in a request. */
    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String encoded(String segment, String whole) {
        if (NO_SEGMENT.matcher(segment).matches()) {
            throw new UsageException("\"" + whole.replaceAll("\\p{Cntrl}", "?") + "\" is no name");
        }
        return encode(segment);
    }

    private static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                HEX.toHexDigits(encoded.append('%'), octet);
            }
        }
        return encoded.toString();
    }
}
