/** What an image says: its manifest and configuration, read from the registry, as settings of an app. */
@NullMarked
package dev.rac.notifier.image;

import org.jspecify.annotations.NullMarked;
