@NullMarked
package dev.rac.service.secret;

import org.jspecify.annotations.NullMarked;
