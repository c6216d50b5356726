package dev.rac.cli.keys;

import dev.rac.cli.output.Columns;

/** What is shown of signing keys. */
final class KeyColumns {
    static final Columns ALL = Columns.of("serial", "algorithm", "valid_until", "signs");

    private KeyColumns() {}
}
