/** What commands print: the API's JSON as it is, or text in columns. */
@NullMarked
package dev.rac.cli.output;

import org.jspecify.annotations.NullMarked;
