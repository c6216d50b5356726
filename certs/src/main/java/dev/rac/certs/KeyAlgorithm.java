package dev.rac.certs;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of keys in use, named for the JWS algorithm (RFC 7518, section 3.1) that they sign with. */
public enum KeyAlgorithm {
    /** P-256. */
    ES256("EC", "SHA256withECDSA"),
    /** RSA with 2048 bits. */
    RS256("RSA", "SHA256withRSA");

    private final String keyType;
    private final String signatureName;

    KeyAlgorithm(String keyType, String signatureName) {
        this.keyType = keyType;
        this.signatureName = signatureName;
    }

    /** The name of its X.509 signatures, as {@link Signature#getInstance(String)} takes it. */
    String signatureName() {
        return signatureName;
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = CryptoProvider.accelerated().isPresent()
                    ? KeyPairGenerator.getInstance(
                            keyType, CryptoProvider.accelerated().get())
                    : KeyPairGenerator.getInstance(keyType);
            generator.initialize(parameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new CertificatesException("cannot make a key of type " + keyType, e);
        }
    }

    private AlgorithmParameterSpec parameters() {
        return switch (this) {
            case ES256 -> new ECGenParameterSpec("secp256r1");
            case RS256 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
        };
    }

    /** The kind of a private key, or an exception for one of no known kind. */
    static KeyAlgorithm of(PrivateKey key) {
        return switch (key) {
            case ECPrivateKey ignored -> ES256;
            case RSAPrivateKey ignored -> RS256;
            default -> throw new CertificatesException("a key of type " + key.getAlgorithm() + " is not used here");
        };
    }

    /**
     * Reads a private key.
     *
     * @param pkcs8 its PKCS #8 form
     * @throws InvalidKeySpecException if it is no key of a known kind
     */
    static PrivateKey decode(byte[] pkcs8) throws InvalidKeySpecException {
        var spec = new PKCS8EncodedKeySpec(pkcs8);
        InvalidKeySpecException failure = new InvalidKeySpecException("neither an EC nor an RSA key");
        for (KeyAlgorithm algorithm : values()) {
            try {
                return algorithm.factory().generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** Whether the two keys belong together. */
    static boolean fit(PrivateKey privateKey, PublicKey publicKey) {
        try {
            byte[] text = {'r', 'a', 'c'};
            var signature = Signature.getInstance(of(privateKey).signatureName);
            signature.initSign(privateKey);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new CertificatesException("cannot compare a key with its certificate", e);
        }
    }

    // Keys that the accelerated provider made itself are the ones it signs with fastest.
    private KeyFactory factory() {
        try {
            Provider provider = CryptoProvider.accelerated().orElse(null);
            return provider == null ? KeyFactory.getInstance(keyType) : KeyFactory.getInstance(keyType, provider);
        } catch (GeneralSecurityException e) {
            throw new CertificatesException("this JDK knows no keys of type " + keyType, e);
        }
    }
}
