package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.wake.Traffic;

/**
 * One of the services behind the front door's own host.
 *
 * @param title its name in messages
 */
record ServiceUpstream(String title, ConnectionPool pool, Traffic traffic) {}
