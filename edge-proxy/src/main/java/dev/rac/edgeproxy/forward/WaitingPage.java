package dev.rac.edgeproxy.forward;

import dev.rac.targets.AppName;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a person in a browser sees while an app takes its time to start: a page that asks again by itself. */
final class WaitingPage {
    /** Most apps have started before anybody wonders. */
    static final Duration AFTER = Duration.ofMillis(1500);

    private static final String AGAIN_SECONDS = "1";
    private static final HttpString FETCH_MODE = new HttpString("Sec-Fetch-Mode");

    private WaitingPage() {}

    /** Whether it is a person who waits, and may be shown something else meanwhile. */
    static boolean suits(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String mode = headers.getFirst(FETCH_MODE);
        return exchange.getRequestMethod().equals(Methods.GET)
                && !headers.contains(Headers.UPGRADE)
                && ErrorPage.wantsHtml(exchange)
                // Browsers say so when it is not a page that they fetch.
                && (mode == null || mode.equals("navigate"));
    }

    static void send(HttpServerExchange exchange, AppName app) {
        exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, "text/html; charset=utf-8");
        headers.put(Headers.CACHE_CONTROL, "no-store");
        headers.put(Headers.RETRY_AFTER, AGAIN_SECONDS);
        headers.put(Headers.REFRESH, AGAIN_SECONDS);
        String name = Html.escape(app.value());
        String page = Html.page(
                app + " is starting",
                "<h1>" + name + " is starting</h1><p>It slept, and this page opens as soon as it is awake.</p>");
        exchange.getResponseSender().send(ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)));
    }
}
