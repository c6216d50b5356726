/** Repository names and the scopes that a token is asked for. */
@NullMarked
package dev.rac.registryauth.scope;

import org.jspecify.annotations.NullMarked;
