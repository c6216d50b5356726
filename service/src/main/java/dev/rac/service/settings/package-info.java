/** Settings from environment variables: every wrong one is reported, together. */
@NullMarked
package dev.rac.service.settings;

import org.jspecify.annotations.NullMarked;
