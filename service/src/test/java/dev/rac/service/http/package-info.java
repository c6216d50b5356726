@NullMarked
package dev.rac.service.http;

import org.jspecify.annotations.NullMarked;
