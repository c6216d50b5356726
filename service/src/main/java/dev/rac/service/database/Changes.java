package dev.rac.service.database;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Counts what this process changes in a database: one more when a change can be seen, and at times without one. Who
 * reads the count, then the database, and finds the count the same later, has read what is still so. Thread-safe.
 */
final class Changes {
    private final AtomicLong count = new AtomicLong();

    /** Counts what goes through {@code jdbi} from now on. */
    void countIn(Jdbi jdbi) {
        jdbi.setSqlLogger(new Statements());
        jdbi.setTransactionHandler(new Transactions(jdbi.getTransactionHandler()));
    }

    long count() {
        return count.get();
    }

    /** Outside of a transaction, a change can be seen when its statement is done. */
    private final class Statements implements SqlLogger {
        @Override
        public void logAfterExecution(StatementContext context) {
            String sql = String.valueOf(context.getRawSql()).stripLeading();
            if (!sql.regionMatches(true, 0, "select", 0, "select".length())) {
                count.incrementAndGet();
            }
        }
    }

    private final class Transactions extends DelegatingTransactionHandler {
        Transactions(TransactionHandler delegate) {
            super(delegate);
        }

        @Override
        public TransactionHandler specialize(Handle handle) throws SQLException {
            return new Transactions(getDelegate().specialize(handle));
        }

        @Override
        public void commit(Handle handle) {
            try {
                super.commit(handle);
            } finally {
                // Whoever does not hear that it was committed does not know that it was not.
                count.incrementAndGet();
            }
        }
    }
}
