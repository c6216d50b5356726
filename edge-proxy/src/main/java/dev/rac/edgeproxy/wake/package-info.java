/** When an app starts and stops: the state machine, the gate that requests pass, and what runs their decisions. */
@NullMarked
package dev.rac.edgeproxy.wake;

import org.jspecify.annotations.NullMarked;
