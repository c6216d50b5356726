/** What a service says of itself at {@code /healthz} and {@code /readyz}. */
@NullMarked
package dev.rac.service.health;

import org.jspecify.annotations.NullMarked;
