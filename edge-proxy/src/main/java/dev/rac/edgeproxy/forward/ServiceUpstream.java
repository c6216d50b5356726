package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.wake.Traffic;
import java.time.Duration;

/**
 * One of the services behind the front door's own host.
 *
 * @param title its name in messages
 * @param patience how long a request waits for it to listen, while it is started again
 */
record ServiceUpstream(String title, Duration patience, ConnectionPool pool, Traffic traffic) {}
