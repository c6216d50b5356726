package dev.rac.edgeproxy.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.edgeproxy.TestApps;
import dev.rac.targets.App;
import dev.rac.targets.Endpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate that many threads use at once, of an app that is put to sleep whenever nothing is in flight. */
class GateConcurrencyTest {
    private static final int THREADS = 16;
    private static final int ROUNDS = 200;
    private static final int REQUESTS_A_ROUND = 25;

    private final AtomicInteger heldByAll = new AtomicInteger();

    /** With places for all requests, for some, and for one. */
    @ParameterizedTest
    @ValueSource(ints = {THREADS, 3, 1})
    @Timeout(300)
    void everyRequestPassesAndNoneMeetsAStoppedApp(int places) throws Exception {
        try (var world = new World(places)) {
            List<Future<?>> users = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(THREADS)) {
                for (int i = 0; i < THREADS; i++) {
                    users.add(threads.submit(world::useOften));
                }
            }
            for (Future<?> user : users) {
                user.get();
            }

            assertThat(world.overlaps).hasValue(0);
            assertThat(world.most).hasValueLessThanOrEqualTo(places);
            assertThat(world.stops).hasValueGreaterThanOrEqualTo(ROUNDS);
            assertThat(world.gate.inFlight()).isZero();
            assertThat(heldByAll).hasValue(0);
        }
    }

    private final class World implements Effects, AutoCloseable {
        private final AtomicBoolean running = new AtomicBoolean();
        private final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger stops = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Phaser allRest = new Phaser(THREADS) {
            @Override
            protected boolean onAdvance(int phase, int parties) {
                awaitSleep();
                return false;
            }
        };
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AppGate gate;

        private World(int places) {
            gate = gate(places);
            clock = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    gate.tick();
                    Thread.onSpinWait();
                }
            });
        }

        private AppGate gate(int places) {
            return new AppGate(
                    TestApps.withConcurrency(TestApps.app("hello"), places),
                    new WaitLimits(1000, 1000, Duration.ofMinutes(5)),
                    heldByAll,
                    new RestTimes(Optional.empty(), Duration.ZERO),
                    this,
                    new Traffic(new SimpleMeterRegistry(), "hello"),
                    System::nanoTime);
        }

        private final Thread clock;

        // All rest at the end of a round, so that the clock finds the app idle, however the scheduler deals.
        private void useOften() {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < REQUESTS_A_ROUND; i++) {
                    use();
                }
                allRest.arriveAndAwaitAdvance();
            }
        }

        private void use() {
            if (gate.tryEnter() == null) {
                var waiter = new OneWaiter();
                gate.request(waiter);
                assertThat(waiter.passed.join()).isTrue();
            }
            overlaps.addAndGet(running.get() ? 0 : 1);
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            gate.leave();
        }

        // The app may sleep already; every round wakes it again.
        private void awaitSleep() {
            while (!(gate.state() instanceof WakeState.Asleep) && !over.get()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void wake(AppGate from, long attempt) {
            Thread.startVirtualThread(() -> {
                running.set(true);
                List<Endpoint> endpoints = List.of(new Endpoint("one", "10.0.0.1", 8080));
                gate.located(attempt, endpoints);
                gate.answered(attempt, endpoints);
            });
        }

        @Override
        public void freeze(AppGate from) {
            throw new IllegalStateException("nothing is frozen here");
        }

        @Override
        public void sleep(AppGate from) {
            overlaps.addAndGet(from.inFlight());
            Thread.startVirtualThread(() -> {
                running.set(false);
                stops.incrementAndGet();
                gate.stopped(true);
            });
        }

        @Override
        public void fail(AppGate from, App app, String reason) {
            throw new IllegalStateException("nothing fails here");
        }

        @Override
        public Upstream open(Endpoint endpoint) {
            return new Upstream() {
                @Override
                public Endpoint endpoint() {
                    return endpoint;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {
            over.set(true);
            try {
                clock.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class OneWaiter implements Waiter {
        private final CompletableFuture<Boolean> passed = new CompletableFuture<>();

        @Override
        public void admit(Upstream upstream) {
            passed.complete(true);
        }

        @Override
        public void refuse(Refusal refusal) {
            passed.complete(false);
        }
    }
}
