package dev.rac.certs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Keys and certificates as text (RFC 7468). */
final class Pem {
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Pem() {}

    static String encode(Identity identity) {
        return block(KEY, identity.privateKey().getEncoded()) + encode(identity.certificates());
    }

    static String encode(List<X509Certificate> certificates) {
        return certificates.stream().map(Pem::encode).collect(Collectors.joining());
    }

    /**
     * Reads a private key followed by its certificates.
     *
     * @throws CertificatesException if the file has not exactly that, or the key is not the first certificate's
     */
    static Identity readIdentity(Path file) {
        var keys = new ArrayList<PrivateKey>();
        var certificates = new ArrayList<X509Certificate>();
        for (PemObject object : objects(file)) {
            switch (object.getType()) {
                case KEY -> keys.add(key(file, object));
                case CERTIFICATE -> certificates.add(certificate(file, object));
                default -> throw unusable(file, "it has a block \"" + object.getType() + "\"", null);
            }
        }
        if (keys.size() != 1) {
            throw unusable(file, "it has " + keys.size() + " private keys, not one", null);
        }
        if (certificates.isEmpty()) {
            throw unusable(file, "its certificate is missing", null);
        }
        var identity = new Identity(keys.getFirst(), certificates);
        if (!KeyAlgorithm.fit(identity.privateKey(), identity.certificate().getPublicKey())) {
            throw unusable(file, "its private key does not fit its certificate", null);
        }
        return identity;
    }

    /**
     * Reads certificates.
     *
     * @throws CertificatesException if the file has anything else
     */
    static List<X509Certificate> readCertificates(Path file) {
        var certificates = new ArrayList<X509Certificate>();
        for (PemObject object : objects(file)) {
            if (!object.getType().equals(CERTIFICATE)) {
                throw unusable(file, "it has a block \"" + object.getType() + "\"", null);
            }
            certificates.add(certificate(file, object));
        }
        return certificates;
    }

    private static List<PemObject> objects(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CertificatesException("cannot read " + file, e);
        }
        var objects = new ArrayList<PemObject>();
        try (var reader = new PemReader(new StringReader(text))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                objects.add(object);
            }
        } catch (IOException | RuntimeException e) {
            throw unusable(file, "it is not whole PEM", e);
        }
        return objects;
    }

    private static PrivateKey key(Path file, PemObject object) {
        try {
            return KeyAlgorithm.decode(object.getContent());
        } catch (InvalidKeySpecException e) {
            throw unusable(file, "its private key cannot be read", e);
        }
    }

    private static X509Certificate certificate(Path file, PemObject object) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(object.getContent()));
        } catch (CertificateException e) {
            throw unusable(file, "a certificate in it cannot be read", e);
        }
    }

    private static CertificatesException unusable(Path file, String reason, @Nullable Exception cause) {
        String message = file + " is not usable: " + reason
                + "; restore it from a backup, or move it away to have a new one made";
        return cause == null ? new CertificatesException(message) : new CertificatesException(message, cause);
    }

    private static String encode(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new CertificatesException("cannot encode a certificate", e);
        }
    }

    private static String block(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
