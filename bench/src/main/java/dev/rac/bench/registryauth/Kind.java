package dev.rac.bench.registryauth;

/** A way to ask for a token. */
enum Kind {
    /** What nobody has asked for before: each takes a signature, whatever is remembered. */
    ANONYMOUS_NEW("anonymous, ever new scopes"),
    ANONYMOUS_REPEATED("anonymous, repeated"),
    ACCESS_TOKEN("access token"),
    REFRESH_TOKEN("refresh token"),
    /** Another user each time, whose password nobody has checked within the last minute. */
    PASSWORD_FIRST("password, first"),
    PASSWORD_REPEATED("password, repeated");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** Answers a few times a second, since each takes bcrypt. */
    boolean slow() {
        return this == PASSWORD_FIRST;
    }

    /** Whether what the HTTP server does with a constant body is its measure. */
    boolean comparedWithConstantBody() {
        return this == ANONYMOUS_REPEATED || this == ACCESS_TOKEN || this == PASSWORD_REPEATED;
    }

    /** Whether what the signature alone takes is its measure. */
    boolean comparedWithSignatures() {
        return this == ANONYMOUS_NEW;
    }

    boolean anonymous() {
        return this == ANONYMOUS_NEW || this == ANONYMOUS_REPEATED;
    }

    @Override
    public String toString() {
        return words;
    }
}
