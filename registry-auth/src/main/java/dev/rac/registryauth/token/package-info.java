/** Tokens: how they are asked for, signed, and kept. */
@NullMarked
package dev.rac.registryauth.token;

import org.jspecify.annotations.NullMarked;
