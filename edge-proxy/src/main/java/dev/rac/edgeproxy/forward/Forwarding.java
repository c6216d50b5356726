package dev.rac.edgeproxy.forward;

import io.undertow.client.ClientConnection;
import io.undertow.predicate.IdempotentPredicate;
import io.undertow.predicate.Predicate;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One request on its way upstream. Used on the exchange's I/O thread alone.
 *
 * <p>It is what Undertow's {@code ProxyHandler} asks for a connection, hears of the exchange's end, and answers where
 * that handler would end a failed exchange without a word.
 */
abstract class Forwarding
        implements ProxyClient.ProxyTarget,
                ConnectionPool.Borrower,
                ExchangeCompletionListener,
                DefaultResponseListener {
    private static final Predicate SAFE = exchange -> {
        HttpString method = exchange.getRequestMethod();
        return method.equals(Methods.GET) || method.equals(Methods.HEAD) || method.equals(Methods.OPTIONS);
    };
    private static final AttachmentKey<Forwarding> KEY = AttachmentKey.create(Forwarding.class);

    protected final HttpServerExchange exchange;
    protected final Activity activity;
    private @Nullable ProxyCallback<ProxyConnection> callback;
    private @Nullable ConnectionPool pool;
    private @Nullable ClientConnection connection;
    private boolean reused;
    private boolean repeated;
    private boolean spoiled;
    private boolean over;

    Forwarding(HttpServerExchange exchange, Activity activity) {
        this.exchange = exchange;
        this.activity = activity;
    }

    /** Ties this to its exchange. */
    final void attach() {
        exchange.putAttachment(KEY, this);
        exchange.addExchangeCompleteListener(this);
        exchange.addDefaultResponseListener(this);
        exchange.addResponseCommitListener(ResponseHeaders::cleanse);
    }

    /** What was attached to the exchange. */
    static Forwarding of(HttpServerExchange exchange) {
        return exchange.getAttachment(KEY);
    }

    /**
     * Whether a request that was broken off before its answer is sent again, once (RFC 9110, section 9.2.2): a safe one;
     * where the connection had grown old, so that most likely nobody has read it, an idempotent one.
     */
    static boolean repeatable(HttpServerExchange exchange) {
        return of(exchange).isRepeatable();
    }

    private boolean isRepeatable() {
        // Undertow may tell the end of one connection twice: the second time, the repeat is on its way.
        if (isRepeating()) {
            return true;
        }
        boolean repeat =
                !repeated && !activity.isClosing() && (reused ? IdempotentPredicate.INSTANCE : SAFE).resolve(exchange);
        repeated |= repeat;
        return repeat;
    }

    private boolean isRepeating() {
        return repeated && connection == null;
    }

    /** Keeps the connection from serving another request. */
    final void spoil() {
        spoiled = true;
    }

    /** Finds a connection and gives it to the callback, now or later. Called again for a request that is repeated. */
    final void connect(ProxyCallback<ProxyConnection> proxyCallback) {
        boolean again = callback != null;
        callback = proxyCallback;
        if (!again) {
            begin();
        } else if (connection != null) {
            reconnect();
        }
    }

    /** Decides which upstream serves the request, and {@linkplain #borrow borrows} from it, now or later. */
    protected abstract void begin();

    /** The connection could not be opened; on it nothing was sent. */
    protected abstract void unreachable(ConnectionPool from);

    /** The upstream broke off, or did not answer: nothing was answered yet. */
    protected abstract ErrorPage brokenOff();

    /** What kept the request from being forwarded at once (W3C Server Timing), or null. */
    protected @Nullable String timing() {
        return null;
    }

    /** The answer went out. */
    protected abstract void answered(int status);

    /** Nothing of the request is left; of an upgraded one, when its connection closes. */
    protected abstract void ended();

    protected final void borrow(ConnectionPool from) {
        pool = from;
        // A connection that is to be upgraded is never given back: better one that is surely alive.
        from.borrow(exchange, exchange.getRequestHeaders().contains(Headers.UPGRADE), this);
    }

    protected final boolean isOver() {
        return over;
    }

    private void reconnect() {
        // The connection that failed is being closed by who told so; to close it here would be told as another failure.
        connection = null;
        if (pool != null) {
            pool.borrow(exchange, true, this);
        }
    }

    @Override
    public final void connected(ClientConnection opened, boolean hasServed) {
        if (over || callback == null) {
            IoUtils.safeClose(opened);
            return;
        }
        connection = opened;
        reused = hasServed;
        callback.completed(exchange, new ProxyConnection(opened, "/"));
    }

    @Override
    public final void unreachable(IOException cause) {
        if (!over && pool != null) {
            unreachable(pool);
        }
    }

    @Override
    public final void exchangeEvent(HttpServerExchange complete, NextListener next) {
        over = true;
        try {
            giveBack();
            answered(exchange.getStatusCode());
            activity.end();
            if (exchange.isUpgrade() && exchange.getConnection().isOpen()) {
                exchange.getConnection().addCloseListener(closed -> ended());
            } else {
                ended();
            }
        } finally {
            next.proceed();
        }
    }

    private void giveBack() {
        if (pool == null || connection == null) {
            return;
        }
        if (exchange.getConnection().isOpen() && !spoiled) {
            pool.giveBack(connection);
        } else {
            // The client went away in the middle: what is left of the answer must not reach the next one.
            IoUtils.safeClose(connection);
        }
    }

    @Override
    public final boolean handleDefaultResponse(HttpServerExchange unanswered) {
        if (!unanswered.isResponseChannelAvailable()
                || !unanswered.getConnection().isOpen()) {
            return false;
        }
        Throwable cause = unanswered.getAttachment(DefaultResponseListener.EXCEPTION);
        (cause == null ? brokenOff() : ErrorPage.internal()).send(unanswered);
        return true;
    }
}
