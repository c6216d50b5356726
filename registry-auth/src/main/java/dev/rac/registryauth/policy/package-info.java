/** Who may do what with which resource. */
@NullMarked
package dev.rac.registryauth.policy;

import org.jspecify.annotations.NullMarked;
