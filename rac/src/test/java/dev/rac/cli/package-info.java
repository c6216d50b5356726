@NullMarked
package dev.rac.cli;

import org.jspecify.annotations.NullMarked;
