/** Who did what, from where, and whether they were allowed to. */
@NullMarked
package dev.rac.registryauth.audit;

import org.jspecify.annotations.NullMarked;
