package dev.rac.registryauth.user;

/** Who keeps an account's password. */
public enum Origin {
    /** RAC itself. */
    OWN,
    /** The htpasswd file, from which the account has a copy of the hash. */
    HTPASSWD
}
