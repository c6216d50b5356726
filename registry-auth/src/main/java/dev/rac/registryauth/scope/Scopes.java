package dev.rac.registryauth.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses scopes as Distribution's "Token Scope Documentation" writes them:
 * {@code type[(class)]:name:action[,action]}. The type ends at the first colon and the actions begin after the last,
 * since a name may have a host with a port. The class is deprecated and means nothing here.
 */
public final class Scopes {
    /** How many resources one token may be asked for: more than a client needs, and few enough to look up. */
    public static final int MAX_RESOURCES = 200;

    private static final String GRAMMAR = "expected type:name:action[,action], such as"
            + " repository:alice/hello:pull,push; a repository's name has " + RepositoryName.GRAMMAR;
    // What is asked for every time, taken without the patterns.
    private static final String REPOSITORY = "repository";
    private static final Set<String> USUAL_ACTIONS = Set.of("pull", "push");

    private static final Pattern TYPE = Pattern.compile("([a-z0-9]+)(\\([a-z0-9]+\\))?");
    private static final Pattern ACTION = Pattern.compile("[a-z]*|\\*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+:[0-9]{1,5}/");
    private static final Pattern OTHER_NAME = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int QUOTED_LENGTH = 80;

    private Scopes() {}

    /**
     * Parses the values of every {@code scope} parameter, each of which may hold several scopes with spaces between
     * them. What is asked for one resource in several scopes is put together.
     *
     * @return one entry for each resource, in the order they were asked for
     * @throws InvalidScopeException if one of them does not parse, or there are more than {@value #MAX_RESOURCES}
     */
    public static List<ResourceScope> parse(Collection<String> values) {
        Map<Resource, Set<String>> asked = new LinkedHashMap<>();
        for (String value : values) {
            for (String scope : value.split(" ", -1)) {
                if (!scope.isEmpty()) {
                    add(scope, asked);
                }
            }
        }
        var scopes = new ArrayList<ResourceScope>();
        asked.forEach((resource, actions) ->
                scopes.add(new ResourceScope(resource.type(), resource.name(), List.copyOf(actions))));
        return scopes;
    }

    private record Resource(String type, String name) {}

    private static void add(String scope, Map<Resource, Set<String>> asked) {
        int first = scope.indexOf(':');
        int last = scope.lastIndexOf(':');
        if (first == last) {
            throw invalid(scope);
        }
        var resource = new Resource(type(scope, first), scope.substring(first + 1, last));
        if (!validName(resource)) {
            throw invalid(scope);
        }
        Set<String> actions = asked.computeIfAbsent(resource, key -> new LinkedHashSet<>());
        if (asked.size() > MAX_RESOURCES) {
            throw new InvalidScopeException("more than " + MAX_RESOURCES + " resources are asked for: ask for fewer");
        }
        for (String action : scope.substring(last + 1).split(",", -1)) {
            if (!USUAL_ACTIONS.contains(action) && !ACTION.matcher(action).matches()) {
                throw invalid(scope);
            }
            // The grammar lets an action be empty; it asks for nothing.
            if (!action.isEmpty()) {
                actions.add(action);
            }
        }
    }

    private static String type(String scope, int end) {
        if (end == REPOSITORY.length() && scope.startsWith(REPOSITORY)) {
            return REPOSITORY;
        }
        var type = TYPE.matcher(scope.substring(0, end));
        if (!type.matches()) {
            throw invalid(scope);
        }
        return type.group(1);
    }

    private static boolean validName(Resource resource) {
        String name = resource.name();
        return switch (resource.type()) {
            case REPOSITORY, "app" -> RepositoryName.isValid(name) || isWithHost(name);
            default -> OTHER_NAME.matcher(name).matches();
        };
    }

    private static boolean isWithHost(String name) {
        var host = HOST.matcher(name);
        return host.lookingAt()
                && OTHER_NAME.matcher(name).matches()
                && RepositoryName.isValid(name.substring(host.end()));
    }

    private static InvalidScopeException invalid(String scope) {
        String shown = scope.length() > QUOTED_LENGTH ? scope.substring(0, QUOTED_LENGTH) + "…" : scope;
        return new InvalidScopeException("\"" + shown + "\" is no scope: " + GRAMMAR);
    }
}
