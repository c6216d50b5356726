@NullMarked
package dev.rac.registryauth;

import org.jspecify.annotations.NullMarked;
