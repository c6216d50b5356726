package dev.rac.bench.registryauth;

import dev.rac.bench.load.LoadException;
import dev.rac.certs.CryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the provider of signatures does when nothing else is to be done: P-256 with SHA-256, as ES256 has it. */
final class SignatureSpeed {
    /** As many as the cores that all is measured on. */
    static final int THREADS = 2;

    private SignatureSpeed() {}

    /** Who signs. */
    static String provider() {
        return CryptoProvider.accelerated().map(provider -> provider.getName()).orElse("the JDK's own provider");
    }

    /** Signatures in a second on {@value #THREADS} threads, each over so many bytes. */
    static double perSecond(int bytes, Duration time) {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            PrivateKey key = key();
            Callable<Double> signing = () -> sign(key, new byte[bytes], time);
            var first = threads.submit(signing);
            var second = threads.submit(signing);
            return first.get() + second.get();
        } catch (GeneralSecurityException | ExecutionException e) {
            throw new LoadException("cannot sign", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
    }

    private static double sign(PrivateKey key, byte[] message, Duration time) throws GeneralSecurityException {
        Signature signature = CryptoProvider.accelerated().isPresent()
                ? Signature.getInstance(
                        "SHA256withECDSA", CryptoProvider.accelerated().get())
                : Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        long start = System.nanoTime();
        long end = start + time.toNanos();
        int signed = 0;
        for (long now = start; now - end < 0; now = System.nanoTime()) {
            signature.update(message);
            if (signature.sign().length == 0) {
                throw new IllegalStateException("a signature is empty");
            }
            signed++;
        }
        return signed / ((System.nanoTime() - start) / 1e9);
    }

    private static PrivateKey key() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair().getPrivate();
    }
}
