package dev.rac.registryauth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rac.certs.Identity;
import dev.rac.registryauth.scope.ResourceScope;
import dev.rac.registryauth.token.RegistryTokens.RegistryToken;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gives the token of a few seconds ago to whoever is to get one with the same rights: many machines pull one image at
 * once, and one push asks often. What the rights are has been decided anew before: only the signature is saved, and no
 * token lives longer than it would have. Thread-safe.
 */
public final class RecentTokens {
    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private final RegistryTokens tokens;
    private final Supplier<Identity> signer;
    private final Clock clock;
    private final Cache<Rights, Recent> recent = Caffeine.newBuilder()
            .weigher((Rights rights, Recent last) -> last.token().text().length())
            .maximumWeight(MAX_CHARACTERS)
            // Clients that count its lifetime from the answer are wrong by that; the registry allows for a minute.
            .expireAfterWrite(Moment.RECENT)
            .build();

    /**
     * Remembers nothing yet.
     *
     * @param signer whose key signs now: a token of another one is not given again
     */
    public RecentTokens(RegistryTokens tokens, Supplier<Identity> signer, Clock clock) {
        this.tokens = tokens;
        this.signer = signer;
        this.clock = clock;
    }

    private record Rights(String subject, List<ResourceScope> granted) {}

    private record Recent(RegistryToken token, Moment made) {}

    /** See {@link RegistryTokens#issue}. */
    RegistryToken issue(String subject, List<ResourceScope> granted) {
        var rights = new Rights(subject, granted);
        Identity current = signer.get();
        Recent last = recent.getIfPresent(rights);
        if (last != null && last.made().isRecent(clock.instant(), current)) {
            return last.token();
        }
        RegistryToken token = tokens.issue(subject, granted);
        recent.put(rights, new Recent(token, new Moment(token.issuedAt(), current)));
        return token;
    }
}
