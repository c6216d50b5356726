/** Which repositories there are, for each as far as they may see them. */
@NullMarked
package dev.rac.registryauth.catalogue;

import org.jspecify.annotations.NullMarked;
