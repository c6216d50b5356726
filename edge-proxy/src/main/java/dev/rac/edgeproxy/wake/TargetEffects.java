package dev.rac.edgeproxy.wake;

import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.Endpoint;
import dev.rac.targets.Target;
import dev.rac.targets.UnknownAppException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what gates decide, with a target, each on a virtual thread. Thread-safe. */
final class TargetEffects implements Effects {
    private static final Logger LOG = LoggerFactory.getLogger(TargetEffects.class);

    // What a platform is asked to start beyond that would only make each of the others later.
    private static final int STARTS_AT_ONCE = 32;

    private final Semaphore turns = new Semaphore(STARTS_AT_ONCE, true);
    private final Target target;
    private final Duration addressTimeout;
    private final Function<AppName, String> hosts;
    private final Upstream.Factory upstreams;
    private final WakeMetrics metrics;

    TargetEffects(
            Target target,
            Duration addressTimeout,
            Function<AppName, String> hosts,
            Upstream.Factory upstreams,
            WakeMetrics metrics) {
        this.target = target;
        this.addressTimeout = addressTimeout;
        this.hosts = hosts;
        this.upstreams = upstreams;
        this.metrics = metrics;
    }

    @Override
    public void wake(AppGate gate, long attempt) {
        AppName name = gate.app().name();
        start("wake-", name, new WakeRun(gate, attempt, target, turns, addressTimeout, hosts.apply(name), metrics));
    }

    @Override
    public void freeze(AppGate gate) {
        AppName name = gate.app().name();
        start("freeze-", name, () -> {
            boolean done = false;
            try {
                done = target.freeze(name);
            } catch (UnknownAppException e) {
                LOG.debug("{} was removed before it was frozen", name);
            } catch (RuntimeException e) {
                LOG.warn("{} was not frozen", name, e);
            } finally {
                gate.freezeEnded(done);
            }
            if (done) {
                metrics.frozen();
                LOG.debug("{} is frozen", name);
                weigh(gate);
            }
        });
    }

    /** Not before it is frozen: engines take a second or two to say. */
    private void weigh(AppGate gate) {
        AppName name = gate.app().name();
        try {
            target.memory(name).ifPresent(gate::holds);
        } catch (RuntimeException e) {
            LOG.warn("how much memory {} holds is not known: {}", name, e.getMessage());
        }
    }

    @Override
    public void sleep(AppGate gate) {
        AppName name = gate.app().name();
        start("sleep-", name, () -> {
            boolean done = false;
            try {
                target.sleep(name);
                metrics.slept();
                LOG.info("{} sleeps", name);
                done = true;
            } catch (UnknownAppException e) {
                LOG.debug("{} was removed before it was put to sleep", name);
            } catch (RuntimeException e) {
                LOG.warn("{} was not put to sleep", name, e);
            } finally {
                gate.stopped(done);
            }
        });
    }

    @Override
    public void fail(AppGate gate, App app, String reason) {
        AppName name = app.name();
        start("fail-", name, () -> {
            boolean done = false;
            try {
                target.fail(app, reason);
                done = true;
            } catch (UnknownAppException e) {
                LOG.debug("{} was removed before its failure was recorded", name);
            } catch (RuntimeException e) {
                LOG.warn("that {} failed was not recorded", name, e);
            } finally {
                gate.stopped(done);
            }
        });
    }

    @Override
    public Upstream open(Endpoint endpoint) {
        return upstreams.open(endpoint);
    }

    private static void start(String prefix, AppName name, Runnable run) {
        Thread.ofVirtual().name(prefix + name).start(run);
    }
}
