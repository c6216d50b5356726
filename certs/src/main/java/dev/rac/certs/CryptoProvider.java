package dev.rac.certs;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses between the Amazon Corretto Crypto Provider, which signs several times faster, and the JDK's own
 * providers, which work everywhere. Thread-safe.
 */
public final class CryptoProvider {
    private static final Logger LOG = LoggerFactory.getLogger(CryptoProvider.class);
    private static final Optional<Provider> ACCELERATED = load();

    private CryptoProvider() {}

    /** The accelerated provider; empty where it does not load, and the JDK's own are to be used. */
    public static Optional<Provider> accelerated() {
        return ACCELERATED;
    }

    /**
     * Prefers the accelerated provider, where there is one, in the whole process: TLS takes its ciphers from there.
     * Called once, when a process starts.
     */
    public static void install() {
        ACCELERATED.ifPresent(provider -> Security.insertProviderAt(provider, 1));
        LOG.info("cryptography by {}", ACCELERATED.map(Provider::getName).orElse("the JDK"));
    }

    // The native library is built for one platform; elsewhere the class loads with an error or not at all.
    private static Optional<Provider> load() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            Throwable error = provider.getLoadingError();
            if (error != null) {
                LOG.debug("the accelerated crypto provider does not load: {}", error.toString());
                return Optional.empty();
            }
            provider.assertHealthy();
            return Optional.of(provider);
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("the accelerated crypto provider does not load", e);
            return Optional.empty();
        }
    }
}
