/** The notifier: acknowledgements, from a push to an app, and rounds over many apps. */
@NullMarked
package dev.rac.bench.notifier;

import org.jspecify.annotations.NullMarked;
