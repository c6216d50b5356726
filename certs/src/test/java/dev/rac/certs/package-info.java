@NullMarked
package dev.rac.certs;

import org.jspecify.annotations.NullMarked;
