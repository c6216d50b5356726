@NullMarked
package dev.rac.registryauth.access;

import org.jspecify.annotations.NullMarked;
