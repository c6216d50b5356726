@NullMarked
package dev.rac.bench.profile;

import org.jspecify.annotations.NullMarked;
