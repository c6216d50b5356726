/** Tests of what is read from images. */
@NullMarked
package dev.rac.notifier.image;

import org.jspecify.annotations.NullMarked;
