@NullMarked
package dev.rac.registryauth.token;

import org.jspecify.annotations.NullMarked;
