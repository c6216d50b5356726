/** HTTP as every service speaks it: problem+json errors, credentials, health, metrics. */
@NullMarked
package dev.rac.service.http;

import org.jspecify.annotations.NullMarked;
