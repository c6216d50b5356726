@NullMarked
package dev.rac.registryauth.user;

import org.jspecify.annotations.NullMarked;
