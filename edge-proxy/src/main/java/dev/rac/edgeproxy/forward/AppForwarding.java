package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.wake.AppGate;
import dev.rac.edgeproxy.wake.Refusal;
import dev.rac.edgeproxy.wake.Upstream;
import dev.rac.edgeproxy.wake.Waiter;
import dev.rac.edgeproxy.wake.WakeBudget;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * A request for an app. It passes the app's gate at once or waits there; its body is not read meanwhile.
 *
 * <p>The gate may answer on any thread; everything else happens on the exchange's I/O thread.
 */
final class AppForwarding extends Forwarding implements Waiter {
    private final AppGate gate;
    private final WakeBudget budget;
    private @Nullable Upstream passed;
    private @Nullable ClientWatch client;
    private boolean retried;
    private boolean shown;
    private XnioExecutor.@Nullable Key page;
    private long heldSinceNanos;
    private long heldNanos;

    AppForwarding(HttpServerExchange exchange, AppGate gate, WakeBudget budget, Activity activity) {
        super(exchange, activity);
        this.gate = gate;
        this.budget = budget;
    }

    @Override
    protected void begin() {
        client = ClientWatch.begin(exchange);
        Upstream upstream = gate.tryEnter();
        if (upstream != null) {
            pass(upstream);
            return;
        }
        if (gate.needsStart()) {
            Duration wait = budget.take(exchange.getSourceAddress().getAddress());
            if (wait.isPositive()) {
                refuse(new Refusal.TooManyStarts(wait));
                return;
            }
        }
        heldSinceNanos = System.nanoTime();
        gate.request(this);
        if (passed == null && WaitingPage.suits(exchange)) {
            page = exchange.getIoThread()
                    .executeAfter(this::showPage, WaitingPage.AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void showPage() {
        // What is awake is busy, and has no page to go on to.
        if (isOver() || passed != null || shown || gate.isAwake()) {
            return;
        }
        shown = true;
        stopWatching();
        gate.abandon(this);
        WaitingPage.send(exchange, gate.app().name());
    }

    @Override
    public void admit(Upstream upstream) {
        onIoThread(() -> {
            if (isOver() || shown) {
                gate.leave();
            } else {
                heldNanos = System.nanoTime() - heldSinceNanos;
                pass(upstream);
            }
        });
    }

    @Override
    public void refuse(Refusal refusal) {
        onIoThread(() -> {
            if (!isOver() && !shown) {
                shown = true;
                stopWatching();
                RefusalPage.of(refusal, gate.app()).send(exchange);
            }
        });
    }

    @Override
    protected void unreachable(ConnectionPool from) {
        Upstream upstream = passed;
        if (upstream == null || retried) {
            RefusalPage.unreachable(gate.app()).send(exchange);
            return;
        }
        // What was sent, if anything, may be repeated: the instance has died, and the next one serves this request.
        retried = true;
        passed = null;
        gate.retry(upstream.endpoint(), this);
    }

    @Override
    protected ErrorPage brokenOff() {
        return RefusalPage.brokenOff(gate.app());
    }

    @Override
    protected void answered(int status) {
        gate.traffic().count(status);
    }

    @Override
    protected void ended() {
        stopWatching();
        if (passed == null) {
            gate.abandon(this);
        } else {
            passed = null;
            gate.leave();
        }
    }

    private void pass(Upstream upstream) {
        passed = upstream;
        borrow((AppUpstream) upstream);
    }

    @Override
    protected @Nullable String timing() {
        return heldNanos == 0 ? null : String.format(Locale.ROOT, "wake;dur=%.1f", heldNanos / 1e6);
    }

    private void stopWatching() {
        if (page != null) {
            page.remove();
            page = null;
        }
        if (client != null) {
            client.end();
            client = null;
        }
    }

    private void onIoThread(Runnable task) {
        if (exchange.isInIoThread()) {
            task.run();
        } else {
            exchange.getIoThread().execute(task);
        }
    }
}
