package dev.rac.bench.registryauth;

import dev.rac.bench.load.Load;
import dev.rac.bench.load.Requests;
import dev.rac.bench.process.ServerProcess;
import dev.rac.service.json.Json;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A registry-auth in a process of its own, with a filled database, and what its clients send. */
final class TokenServer implements AutoCloseable {
    private static final String OWNER = Names.user(0);
    // Users that log in again and again. They are owners in the smallest database.
    private static final int FIRST_REPEATING = 1;
    private static final int FIRST_ONCE = 100;

    private final ServerProcess process;
    private final Path database;
    private final int users;
    private final AtomicLong newScopes = new AtomicLong();
    private final AtomicInteger repeating = new AtomicInteger();
    private final AtomicInteger once = new AtomicInteger();
    private final String accessToken;
    private final String refreshToken;

    /** Fills a database and starts a server on it. */
    static TokenServer start(int users, int claims, Path data, Path log) {
        Seed.fill(data, users, claims);
        Map<String, String> settings = Map.of("RAC_PORT", "0", "RAC_DATA", data.toString());
        var process = ServerProcess.start(List.of("dev.rac.cli.Main", "registry-auth"), settings, log);
        try {
            return new TokenServer(process, data.resolve("registry-auth.mv.db"), users);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private TokenServer(ServerProcess process, Path database, int users) {
        this.process = process;
        this.database = database;
        this.users = users;
        String login = HttpText.basic(OWNER, Names.PASSWORD);
        String wanted =
                "{\"name\": \"bench\", \"repositories\": [\"" + OWNER + "/*\"], \"actions\": [\"pull\", \"push\"]}";
        accessToken = text(
                Once.send(address(), HttpText.post("/access-tokens", "application/json", wanted, login), 201), "token");
        refreshToken = text(Once.send(address(), HttpText.offline(login), 200), "refresh_token");
    }

    private static String text(byte[] json, String field) {
        return Json.MAPPER.readTree(json).path(field).asString();
    }

    ServerProcess process() {
        return process;
    }

    Path database() {
        return database;
    }

    InetSocketAddress address() {
        return process.server().address();
    }

    /** The requests of each connection. */
    Supplier<Requests> requests(Point point) {
        return requests(point, nextRepeating());
    }

    /** The answer that one request of this kind gets. */
    TokenAnswer answer(Point point) {
        Requests plain = requests(point, nextRepeating()).get();
        return TokenAnswer.of(Once.send(address(), plain.next(), 200), point.scopes());
    }

    /** Load of this kind. A password that is to be repeated has been sent once, less than a second ago. */
    Load load(Point point) {
        Supplier<Requests> requests = requests(point);
        if (point.kind() == Kind.PASSWORD_REPEATED) {
            Once.send(address(), requests.get().next(), 200);
        }
        return new Load(process.server(), requests);
    }

    // A password is remembered for a minute, so each load has a user of its own: else one of them would now and then
    // be the one that is checked again.
    private String nextRepeating() {
        return Names.user(FIRST_REPEATING + repeating.getAndIncrement() % (FIRST_ONCE - FIRST_REPEATING));
    }

    private Supplier<Requests> requests(Point point, String repeatingUser) {
        int scopes = point.scopes();
        List<String> own = Names.repositories(OWNER, scopes);
        return switch (point.kind()) {
            case ANONYMOUS_NEW -> () -> new NewScopes(scopes, newScopes);
            case ANONYMOUS_REPEATED -> same(HttpText.get(Names.repositories("anonymous", scopes)));
            case ACCESS_TOKEN -> same(HttpText.get(own, HttpText.basic(OWNER, accessToken)));
            case REFRESH_TOKEN -> same(HttpText.refresh(own, refreshToken));
            case PASSWORD_FIRST -> () -> new FirstPasswords(scopes, once, FIRST_ONCE, users);
            case PASSWORD_REPEATED ->
                same(HttpText.get(
                        Names.repositories(repeatingUser, scopes), HttpText.basic(repeatingUser, Names.PASSWORD)));
        };
    }

    private static Supplier<Requests> same(String text) {
        return () -> new SameRequest(text);
    }

    @Override
    public void close() {
        process.close();
    }
}
