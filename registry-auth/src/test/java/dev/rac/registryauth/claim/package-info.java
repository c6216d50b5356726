@NullMarked
package dev.rac.registryauth.claim;

import org.jspecify.annotations.NullMarked;
