@NullMarked
package dev.rac.registryauth.scope;

import org.jspecify.annotations.NullMarked;
