/** JSON as the services read and write it. */
@NullMarked
package dev.rac.service.json;

import org.jspecify.annotations.NullMarked;
