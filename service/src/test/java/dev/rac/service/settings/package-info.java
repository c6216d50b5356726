@NullMarked
package dev.rac.service.settings;

import org.jspecify.annotations.NullMarked;
