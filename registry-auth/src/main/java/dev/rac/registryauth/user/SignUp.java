package dev.rac.registryauth.user;

/** Who may make accounts. */
public enum SignUp {
    /** Everybody. */
    OPEN,
    /** The administrator. */
    CLOSED
}
