package dev.rac.service.http;

/** Thrown when a server cannot listen on its address. */
public final class ServerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerStartException(String host, int port, Throwable cause) {
        super(
                "cannot listen on " + host + ":" + port + ": " + cause.getMessage()
                        + "; end what uses the port, or set another one",
                cause);
    }
}
