package dev.rac.registryauth.claim;

import dev.rac.registryauth.scope.RepositoryName;
import dev.rac.registryauth.scope.RepositoryPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds who holds repositories, for every token: one query by primary keys, whatever the number of claims. Thread-safe.
 *
 * <p>The most specific claim decides. Members of a namespace are members of what is claimed in it too, as long as that
 * has the same owner.
 */
public final class ClaimLookUp {
    static final String SELECT = """
        select c.pattern, c.owner, c.given_to, c.is_public, m.role
        from auth_claims c
        left join auth_claim_members m on m.pattern = c.pattern and m.user_name = :user
        where c.pattern = any(:patterns)\
        """;

    private final Jdbi jdbi;

    public ClaimLookUp(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The holdings of those of the repositories that are claimed.
     *
     * @param user whose roles to look for; the name of no user where the caller has no account
     */
    public Map<RepositoryName, Holding> holdings(Collection<RepositoryName> repositories, String user) {
        if (repositories.isEmpty()) {
            return Map.of();
        }
        Map<RepositoryName, List<String>> covering = new HashMap<>();
        Set<String> patterns = new HashSet<>();
        for (RepositoryName repository : repositories) {
            patterns.addAll(covering.computeIfAbsent(repository, RepositoryPattern::covering));
        }
        Map<String, Row> rows = jdbi.withHandle(handle -> rows(handle, patterns, user));
        Map<RepositoryName, Holding> holdings = new HashMap<>();
        covering.forEach((repository, candidates) ->
                decisive(rows, candidates).ifPresent(holding -> holdings.put(repository, holding)));
        return holdings;
    }

    /** The role of a user in a claim, by itself or by namespaces around it. */
    static Optional<Role> role(Handle handle, Claim claim, String user) {
        List<String> covering = claim.pattern().covering();
        return decisive(rows(handle, covering, user), covering).flatMap(Holding::role);
    }

    /** What the most specific of the patterns that are claimed says. */
    static Optional<Holding> decisive(Handle handle, List<String> patterns) {
        return decisive(rows(handle, patterns, ""), patterns);
    }

    private record Row(
            String owner,
            String givenTo,
            boolean isPublic,
            @Nullable Role role) {
        // What deleted users leave to one administrator was not one user's, and its members stay apart.
        boolean isHeldLike(Row other) {
            return owner.equals(other.owner) && givenTo.equals(other.givenTo);
        }
    }

    private static Optional<Holding> decisive(Map<String, Row> rows, List<String> patterns) {
        var claimed = new ArrayList<Row>();
        for (String pattern : patterns) {
            Row row = rows.get(pattern);
            if (row != null) {
                claimed.add(row);
            }
        }
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        Row first = claimed.getFirst();
        return Optional.of(new Holding(first.owner(), first.isPublic(), highestRole(claimed, first)));
    }

    private static Optional<Role> highestRole(List<Row> rows, Row decisive) {
        @Nullable Role highest = null;
        for (Row row : rows) {
            Role role = row.role();
            if (role != null && row.isHeldLike(decisive) && (highest == null || role.compareTo(highest) > 0)) {
                highest = role;
            }
        }
        return Optional.ofNullable(highest);
    }

    private static Map<String, Row> rows(Handle handle, Collection<String> patterns, String user) {
        return bound(handle.createQuery(SELECT), patterns.toArray(String[]::new), user)
                .map((row, context) -> {
                    String role = row.getString("role");
                    return Map.entry(
                            row.getString("pattern"),
                            new Row(
                                    row.getString("owner"),
                                    row.getString("given_to"),
                                    row.getBoolean("is_public"),
                                    role == null ? null : Role.parse(role).orElseThrow()));
                })
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    // One array, not a parameter for each: the statement's text is always the same, and is prepared once.
    static Query bound(Query query, String[] patterns, String user) {
        return query.bind("user", user)
                .bind(
                        "patterns",
                        (position, statement, context) -> statement.setArray(
                                position, statement.getConnection().createArrayOf("varchar", patterns)));
    }
}
