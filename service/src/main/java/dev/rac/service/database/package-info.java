/** The service's database: H2 in a file, or a shared PostgreSQL. */
@NullMarked
package dev.rac.service.database;

import org.jspecify.annotations.NullMarked;
