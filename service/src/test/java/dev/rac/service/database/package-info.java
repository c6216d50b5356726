@NullMarked
package dev.rac.service.database;

import org.jspecify.annotations.NullMarked;
