/** The HTTP API as its command-line client speaks it: requests, answers, and what goes wrong in words. */
@NullMarked
package dev.rac.cli.api;

import org.jspecify.annotations.NullMarked;
