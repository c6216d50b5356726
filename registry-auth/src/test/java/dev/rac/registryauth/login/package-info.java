@NullMarked
package dev.rac.registryauth.login;

import org.jspecify.annotations.NullMarked;
