/** What the owners of repositories set beside their images: variables, encrypted at rest. */
@NullMarked
package dev.rac.notifier.variable;

import org.jspecify.annotations.NullMarked;
