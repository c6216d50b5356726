package dev.rac.registryauth.access;

import dev.rac.registryauth.scope.RepositoryPattern;
import dev.rac.service.http.Problem;
import dev.rac.service.http.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client asks for when it wants an access token. Every part of it may be missing or wrong. */
record NewAccessToken(
        @Nullable String name,
        @Nullable List<@Nullable String> repositories,
        @Nullable List<@Nullable String> actions,
        @Nullable String expiresAt) {
    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_REPOSITORIES = 50;
    // Of repositories the first three, of apps the others.
    private static final List<String> ACTIONS = List.of("pull", "push", "delete", "read", "write");
    private static final int MAX_YEAR = 9999;
    private static final Set<Integer> NOT_PRINTABLE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.PRIVATE_USE,
            (int) Character.SURROGATE,
            (int) Character.UNASSIGNED);

    String validName() {
        if (name == null
                || name.isEmpty()
                || !name.equals(name.strip())
                || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH
                || name.codePoints().anyMatch(point -> NOT_PRINTABLE.contains(Character.getType(point)))) {
            throw invalid("\"name\" must be 1 to " + MAX_NAME_LENGTH
                    + " printable characters without a space at either end, such as \"build server\"");
        }
        return name;
    }

    List<RepositoryPattern> validRepositories() {
        if (repositories == null || repositories.isEmpty() || repositories.size() > MAX_REPOSITORIES) {
            throw invalid("\"repositories\" must be a list of 1 to " + MAX_REPOSITORIES + ", such as [\"alice/*\"]");
        }
        return repositories.stream()
                .map(text -> RepositoryPattern.parse(text == null ? "" : text)
                        .orElseThrow(() -> invalid("each of \"repositories\" must be " + RepositoryPattern.GRAMMAR)))
                .distinct()
                .toList();
    }

    List<String> validActions() {
        if (actions == null || actions.isEmpty() || !new HashSet<>(ACTIONS).containsAll(actions)) {
            throw invalid("\"actions\" must be a list of some of " + ACTIONS);
        }
        if (actions.contains("push") && !actions.contains("pull")) {
            throw invalid("\"actions\" with push must have pull too: the registry asks for both");
        }
        return ACTIONS.stream().filter(actions::contains).toList();
    }

    @Nullable
    Instant validExpiry(Instant now) {
        if (expiresAt == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(expiresAt);
            Instant expiry = time.toInstant().truncatedTo(ChronoUnit.MILLIS);
            if (expiry.isAfter(now) && time.getYear() <= MAX_YEAR) {
                return expiry;
            }
            throw invalid("\"expires_at\" must be a time to come; null for never");
        } catch (DateTimeException e) {
            throw invalid("\"expires_at\" must be a time such as 2027-01-01T00:00:00Z; null for never");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.badRequest(detail));
    }
}
