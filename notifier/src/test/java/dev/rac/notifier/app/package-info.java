/** Tests of the API of the apps. */
@NullMarked
package dev.rac.notifier.app;

import org.jspecify.annotations.NullMarked;
