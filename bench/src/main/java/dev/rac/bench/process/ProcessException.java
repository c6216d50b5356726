package dev.rac.bench.process;

/** A process did not do what it should. */
public final class ProcessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProcessException(String message) {
        super(message);
    }
}
