/** Random secrets, kept in files that only their owner can read. */
@NullMarked
package dev.rac.service.secret;

import org.jspecify.annotations.NullMarked;
