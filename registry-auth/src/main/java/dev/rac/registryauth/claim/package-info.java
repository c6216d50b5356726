/** Who owns which repository. */
@NullMarked
package dev.rac.registryauth.claim;

import org.jspecify.annotations.NullMarked;
