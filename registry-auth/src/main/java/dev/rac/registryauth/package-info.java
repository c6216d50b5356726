/** Who may do what: users, claims, and the tokens that the registry believes. */
@NullMarked
package dev.rac.registryauth;

import org.jspecify.annotations.NullMarked;
