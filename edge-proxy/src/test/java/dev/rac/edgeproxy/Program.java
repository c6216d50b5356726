package dev.rac.edgeproxy;

import java.io.IOException;
import java.net.InetSocketAddress;

/** What an app of the {@link LocalTarget} runs: a server in this JVM. */
@FunctionalInterface
public interface Program {
    /** Listens on the address, and returns what ends it. */
    Running start(InetSocketAddress address) throws IOException;

    /** One that never listens. */
    static Program silent() {
        return address -> () -> {};
    }

    /** A server that listens. */
    @FunctionalInterface
    interface Running extends AutoCloseable {
        @Override
        void close();
    }
}
