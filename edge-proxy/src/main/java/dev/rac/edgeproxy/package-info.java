/** The front door: routes by host name, wakes what sleeps, forwards, and puts to sleep what nobody asks for. */
@NullMarked
package dev.rac.edgeproxy;

import org.jspecify.annotations.NullMarked;
