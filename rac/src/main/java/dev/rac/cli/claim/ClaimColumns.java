package dev.rac.cli.claim;

import dev.rac.cli.output.Columns;

/** What is shown of claims. */
final class ClaimColumns {
    static final Columns ONE = Columns.of("repository", "owner", "created_at");

    private ClaimColumns() {}
}
