package dev.rac.certs;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Gives each TLS handshake the server identity that is current when it begins. Thread-safe. */
final class CurrentKeyManager extends X509ExtendedKeyManager {
    private final Supplier<Identity> current;
    // A handshake asks for the alias first, then for what it names: both must be of one identity.
    private final Map<String, Identity> byAlias = new ConcurrentHashMap<>();

    static SSLContext context(Supplier<Identity> current) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new CurrentKeyManager(current)}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new CertificatesException("this JDK has no TLS", e);
        }
    }

    private CurrentKeyManager(Supplier<Identity> current) {
        this.current = current;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Identity identity = current.get();
        if (!keyType.equals(identity.certificate().getPublicKey().getAlgorithm())) {
            return null;
        }
        String alias = identity.certificate().getSerialNumber().toString(16);
        byAlias.put(alias, identity);
        return alias;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Identity identity = byAlias.get(alias);
        return identity == null ? null : identity.certificates().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Identity identity = byAlias.get(alias);
        return identity == null ? null : identity.privateKey();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
