package dev.rac.registryauth.audit;

/**
 * One thing that somebody did, or tried to do. Holds no secrets; what would break a line or a column is replaced.
 *
 * @param actor the user's name, {@code @…} for a service, empty for anonymous
 * @param action what it was, in the form {@code claim.create}, {@code user.disable}, {@code token.read}
 * @param resource what it was done to: {@code repository:alice/hello}, {@code user:bob}; empty where there is none
 * @param source the client's IP address
 * @param allowed whether it was done
 * @param detail more for people, such as the actions that were granted; may be empty
 */
public record AuditEvent(String actor, String action, String resource, String source, boolean allowed, String detail) {
    /** A token for pulling and reading alone. */
    public static final String TOKEN_READ = "token.read";

    /** A token with which something can be changed. */
    public static final String TOKEN_WRITE = "token.write";

    /** A credential of 30 days for an engine that pulls one repository. */
    public static final String PULL_CREDENTIAL = "pull-credential.create";

    /** The resource of what stands for many events: no other event's, for they have a type before a colon. */
    static final String MANY = "*";

    // The columns' widths.
    private static final int MAX_NAME = 64;
    private static final int MAX_RESOURCE = 300;
    private static final int MAX_DETAIL = 500;
    private static final char REPLACEMENT = '\uFFFD';

    /** Of what kind an event is: what strangers can cause without end is written with a budget. */
    enum Kind {
        /** Something was changed. */
        CHANGE,
        /** A change was refused. */
        REFUSAL,
        /** A token was given with which something can be changed: a repository's history tells of it. */
        GRANT,
        /** Another token was asked for. */
        TOKEN,
        /** Somebody could not log in. */
        LOGIN
    }

    public AuditEvent {
        actor = cleanName(actor);
        action = cleanName(action);
        resource = cleanResource(resource);
        source = cleanName(source);
        detail = clean(detail, MAX_DETAIL);
    }

    Kind kind() {
        if (action.startsWith("token.")) {
            return allowed && !action.equals(TOKEN_READ) ? Kind.GRANT : Kind.TOKEN;
        }
        if (action.startsWith("login.")) {
            return Kind.LOGIN;
        }
        return allowed ? Kind.CHANGE : Kind.REFUSAL;
    }

    /** What stands for this event and those like it from the same source, when there are too many of them. */
    AuditEvent summary() {
        // Of a login that failed, even the user is only what the client says.
        String who = kind() == Kind.LOGIN ? "*" : actor;
        return new AuditEvent(who, action, MANY, source, allowed, "too many to be written one by one");
    }

    /** Whether an action changes nothing in a repository, nor lets anybody change it. */
    static boolean harmless(String action) {
        return action.equals(TOKEN_READ) || action.equals(PULL_CREDENTIAL);
    }

    static String cleanName(String text) {
        return clean(text, MAX_NAME);
    }

    static String cleanResource(String text) {
        return clean(text, MAX_RESOURCE);
    }

    // Neither a line break nor a change of writing direction may make one entry look like another.
    private static String clean(String text, int maxLength) {
        String bounded = text.length() <= maxLength ? text : text.substring(0, maxLength - 1) + '…';
        for (int i = 0; i < bounded.length(); i++) {
            if (unsafe(bounded.charAt(i))) {
                return replaced(bounded);
            }
        }
        return bounded;
    }

    private static String replaced(String text) {
        var safe = new StringBuilder(text);
        for (int i = 0; i < safe.length(); i++) {
            if (unsafe(safe.charAt(i))) {
                safe.setCharAt(i, REPLACEMENT);
            }
        }
        return safe.toString();
    }

    private static boolean unsafe(char c) {
        if (c < 0x7f) {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
