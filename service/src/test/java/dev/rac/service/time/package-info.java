@NullMarked
package dev.rac.service.time;

import org.jspecify.annotations.NullMarked;
