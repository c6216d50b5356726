package dev.rac.cli.claim;

import dev.rac.cli.output.Columns;

/** What is shown of claims. */
final class ClaimColumns {
    static final Columns ONE = Columns.of("repository", "owner", "public", "role", "created_at");
    static final Columns MEMBERS = Columns.of("user", "role");

    private ClaimColumns() {}
}
