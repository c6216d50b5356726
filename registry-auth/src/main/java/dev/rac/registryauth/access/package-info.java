/** Access tokens: what machines log in with. */
@NullMarked
package dev.rac.registryauth.access;

import org.jspecify.annotations.NullMarked;
