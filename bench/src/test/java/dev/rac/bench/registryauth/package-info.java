@NullMarked
package dev.rac.bench.registryauth;

import org.jspecify.annotations.NullMarked;
