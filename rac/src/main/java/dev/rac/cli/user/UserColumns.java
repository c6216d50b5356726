package dev.rac.cli.user;

import dev.rac.cli.output.Columns;

/** What is shown of users. */
final class UserColumns {
    static final Columns ONE = Columns.of("name", "administrator", "disabled", "origin", "created_at");

    private UserColumns() {}
}
