/** Where a server's time goes: recordings of the JDK's flight recorder. */
@NullMarked
package dev.rac.bench.profile;

import org.jspecify.annotations.NullMarked;
