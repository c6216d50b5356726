package dev.rac.edgeproxy.forward;

import dev.rac.edgeproxy.wake.AppGate;
import dev.rac.edgeproxy.wake.Refusal;
import dev.rac.edgeproxy.wake.Upstream;
import dev.rac.edgeproxy.wake.Waiter;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/**
 * A request for an app. It passes the app's gate at once or waits there; its body is not read meanwhile.
 *
 * <p>The gate may answer on any thread; everything else happens on the exchange's I/O thread.
 */
final class AppForwarding extends Forwarding implements Waiter {
    private final AppGate gate;
    private final Activity activity;
    private @Nullable Upstream passed;
    private @Nullable ClientWatch client;
    private boolean retried;

    AppForwarding(HttpServerExchange exchange, AppGate gate, Activity activity) {
        super(exchange);
        this.gate = gate;
        this.activity = activity;
    }

    @Override
    protected void begin() {
        client = ClientWatch.begin(exchange);
        Upstream upstream = gate.tryEnter();
        if (upstream == null) {
            gate.request(this);
        } else {
            pass(upstream);
        }
    }

    @Override
    public void admit(Upstream upstream) {
        onIoThread(() -> {
            if (isOver()) {
                gate.leave();
            } else {
                pass(upstream);
            }
        });
    }

    @Override
    public void refuse(Refusal refusal) {
        onIoThread(() -> {
            if (!isOver()) {
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
        // Nothing was sent: the instance may have died without a word, and the next one serves this request.
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
        activity.end();
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

    private void stopWatching() {
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
