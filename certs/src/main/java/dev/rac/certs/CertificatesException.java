package dev.rac.certs;

/** Thrown when a key or certificate cannot be read, made or kept; the message names the file and what to do. */
public final class CertificatesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertificatesException(String message) {
        super(message);
    }

    public CertificatesException(String message, Throwable cause) {
        super(message, cause);
    }
}
