@NullMarked
package dev.rac.registryauth.audit;

import org.jspecify.annotations.NullMarked;
