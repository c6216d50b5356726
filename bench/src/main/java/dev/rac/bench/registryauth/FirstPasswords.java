package dev.rac.bench.registryauth;

import dev.rac.bench.load.Requests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests with the right password of another user each time. */
final class FirstPasswords implements Requests {
    private final int scopes;
    private final AtomicInteger users;
    private final int firstUser;
    private final int endUser;

    /**
     * Prepares the requests of one connection.
     *
     * @param users counts the users, and is shared by all connections
     */
    FirstPasswords(int scopes, AtomicInteger users, int firstUser, int endUser) {
        this.scopes = scopes;
        this.users = users;
        this.firstUser = firstUser;
        this.endUser = endUser;
    }

    @Override
    public ByteBuffer next() {
        String user = Names.user(firstUser + users.getAndIncrement() % (endUser - firstUser));
        String text = HttpText.get(Names.repositories(user, scopes), HttpText.basic(user, Names.PASSWORD));
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
