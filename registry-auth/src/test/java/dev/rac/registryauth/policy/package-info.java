@NullMarked
package dev.rac.registryauth.policy;

import org.jspecify.annotations.NullMarked;
