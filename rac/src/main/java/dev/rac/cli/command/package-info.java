/** What every command that speaks the HTTP API has: its options, its password, its exit status. */
@NullMarked
package dev.rac.cli.command;

import org.jspecify.annotations.NullMarked;
