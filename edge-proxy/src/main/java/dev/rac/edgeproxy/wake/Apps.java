package dev.rac.edgeproxy.wake;

import dev.rac.edgeproxy.route.RouteTable;
import dev.rac.targets.App;
import dev.rac.targets.AppName;
import dev.rac.targets.AppStatus;
import dev.rac.targets.Target;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every app's gate, kept in the route table as the target's watch tells of apps. Thread-safe. */
public final class Apps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Apps.class);

    /** How exactly deadlines and idle times are kept. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final RouteTable<AppGate> table;
    private final Target target;
    private final WakeSettings settings;
    private final MeterRegistry registry;
    private final AtomicInteger heldByAll = new AtomicInteger();
    private final AtomicLong frozenBytes = new AtomicLong();
    private final RestTimes rest;
    private final Effects effects;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("edge-proxy-clock").factory());
    private final Target.Watch watch;
    private final ScheduledFuture<?> ticks;

    /** Fills the table with the apps that there are, and keeps it so until this is closed. */
    public static Apps follow(
            Target target,
            RouteTable<AppGate> table,
            WakeSettings settings,
            Upstream.Factory upstreams,
            MeterRegistry registry) {
        return new Apps(target, table, settings, upstreams, registry);
    }

    private Apps(
            Target target,
            RouteTable<AppGate> table,
            WakeSettings settings,
            Upstream.Factory upstreams,
            MeterRegistry registry) {
        this.target = target;
        this.table = table;
        this.settings = settings;
        this.registry = registry;
        this.rest = new RestTimes(settings.freezeTimeout().filter(time -> target.freezes()), settings.idleTimeout());
        var metrics = new WakeMetrics(registry, heldByAll, frozenBytes);
        this.effects = new TargetEffects(target, settings.limits().deadline(), table::host, upstreams, metrics);
        this.watch = target.watch(new TableWatcher());
        this.ticks = clock.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Puts to sleep every app that runs, also those that never sleep by themselves, and refuses further requests.
     *
     * @param timeout how long to wait for the target
     * @return whether all sleep
     */
    public boolean sleepAll(Duration timeout) {
        refuseAll();
        List<AppGate> running = table.apps().stream().filter(AppGate::mayRun).toList();
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        // Not closed: that would wait for a target that does not answer.
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("sleep-all-", 0).factory());
        List<? extends Future<?>> sleeps =
                running.stream().map(gate -> threads.submit(() -> stop(gate))).toList();
        threads.shutdown();
        boolean all = true;
        for (Future<?> sleep : sleeps) {
            all &= ended(sleep, deadlineNanos);
        }
        return all;
    }

    /** Refuses the requests that wait, and hears no more of the target. What is awake stays awake. */
    @Override
    public void close() {
        watch.close();
        ticks.cancel(false);
        clock.shutdownNow();
        refuseAll();
    }

    /** Refuses the requests that wait, and all that come. */
    public void refuseAll() {
        table.apps().forEach(AppGate::close);
    }

    private void stop(AppGate gate) {
        AppName name = gate.app().name();
        gate.failureToRecord().ifPresentOrElse(reason -> target.fail(gate.app(), reason), () -> target.sleep(name));
    }

    private AppGate gate(App app) {
        var traffic = new Traffic(registry, app.name().value());
        return new AppGate(app, settings.limits(), heldByAll, rest, effects, traffic, System::nanoTime);
    }

    private void tick() {
        var frozen = new FrozenMemory();
        table.forEach(gate -> {
            try {
                gate.tick();
                frozen.add(gate);
            } catch (RuntimeException e) {
                // One app's trouble must not stop the clock of the others.
                LOG.error("the clock of {} failed", gate.app().name(), e);
            }
        });
        frozenBytes.set(frozen.bytes());
        frozen.over(settings.freezeMemoryBytes()).forEach(AppGate::evict);
    }

    private static boolean ended(Future<?> sleep, long deadlineNanos) {
        try {
            sleep.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            LOG.warn("an app was not put to sleep", e.getCause());
            return false;
        } catch (TimeoutException e) {
            sleep.cancel(true);
            LOG.warn("an app was not put to sleep in time");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private final class TableWatcher implements Target.Watcher {
        @Override
        public void changed(AppStatus status) {
            table.getOrAdd(status.app().name(), () -> gate(status.app())).observed(status);
        }

        @Override
        public void removed(AppName name) {
            table.remove(name).ifPresent(AppGate::vanished);
        }
    }
}
