package dev.rac.registryauth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rac.certs.Identity;
import dev.rac.registryauth.audit.AuditEvent;
import dev.rac.registryauth.token.TokenMetrics.Outcome;
import dev.rac.service.secret.Fingerprint;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Gives the answer of a few seconds ago to the very same request from the same place, as long as nothing at all was
 * changed in the database: then all that was found out and decided is still so. Thread-safe.
 */
public final class RecentAnswers {
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Supplier<OptionalLong> changes;
    private final Supplier<Identity> signer;
    private final Clock clock;
    private final Fingerprint fingerprint;
    private final Cache<String, Recent> recent = Caffeine.newBuilder()
            .weigher((String request, Recent last) -> last.answer().body().length)
            .maximumWeight(MAX_BYTES)
            .expireAfterWrite(Moment.RECENT)
            .build();

    /**
     * Remembers nothing yet.
     *
     * @param changes counts the changes of the database; empty where nobody can: then nothing is remembered
     * @param signer whose key signs now: what has a token of another one is not given again
     */
    public RecentAnswers(Supplier<OptionalLong> changes, Supplier<Identity> signer, Clock clock, SecureRandom random) {
        this.changes = changes;
        this.signer = signer;
        this.clock = clock;
        this.fingerprint = new Fingerprint(random);
    }

    /**
     * An answer, and what is to be told of it whenever it is given.
     *
     * @param body its JSON
     * @param validUntil when its request is refused at the latest
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody outside writes to it.
    record Answer(byte[] body, List<AuditEvent> events, String grant, Outcome outcome, Instant validUntil) {}

    private record Recent(Answer answer, OptionalLong changes, Moment given) {
        boolean isValid(Asked again, Instant now) {
            return changes.equals(again.changes())
                    && given.isRecent(now, again.signer())
                    && now.isBefore(answer.validUntil());
        }
    }

    /**
     * A request, and what was so when it came.
     *
     * @param request stands for all of it, its secrets included
     */
    record Asked(String request, OptionalLong changes, Identity signer) {}

    /**
     * Stands for a request from now on; to be called before anything is looked up for it.
     *
     * @param parts all that the answer depends on; not asked for where nothing is remembered
     */
    Asked ask(Supplier<List<String>> parts) {
        OptionalLong before = changes.get();
        if (before.isEmpty()) {
            return new Asked("", before, signer.get());
        }
        var text = new StringBuilder();
        for (String part : parts.get()) {
            // What one part ends with must not be taken for the beginning of the next.
            text.append(part.length()).append(':').append(part);
        }
        return new Asked(fingerprint.of(text.toString()), before, signer.get());
    }

    Optional<Answer> find(Asked asked) {
        return Optional.ofNullable(recent.getIfPresent(asked.request()))
                .filter(last -> last.isValid(asked, clock.instant()))
                .map(Recent::answer);
    }

    void remember(Asked asked, Answer answer) {
        if (asked.changes().isPresent()) {
            recent.put(
                    asked.request(), new Recent(answer, asked.changes(), new Moment(clock.instant(), asked.signer())));
        }
    }
}
