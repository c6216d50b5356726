package dev.rac.registryauth.user;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Leaves it to the database to say that a user does not exist, or not any more. */
public final class ForeignKeys {
    // foreign_key_violation of PostgreSQL; REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1 of H2.
    private static final Set<String> VIOLATED = Set.of("23503", "23506");

    private ForeignKeys() {}

    /** What {@code work} gives, or {@code missing} if a row that it refers to is not there. */
    public static <T> T check(Supplier<T> work, T missing) {
        try {
            return work.get();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && VIOLATED.contains(cause.getSQLState())) {
                return missing;
            }
            throw e;
        }
    }
}
