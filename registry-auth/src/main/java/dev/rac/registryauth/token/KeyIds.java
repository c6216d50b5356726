package dev.rac.registryauth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a token's {@code kid} (RFC 7515, section 4.1.4) is. A registry looks for {@code x5c} first, which every token
 * has; the {@code kid} is for what else verifies tokens by it.
 */
public enum KeyIds {
    NONE,
    /**
     * Of Distribution before 3.0: 240 bits of the SHA-256 of the key's DER SubjectPublicKeyInfo, in base32, in twelve
     * groups of four.
     */
    LIBTRUST,
    /** The SHA-256 thumbprint of the key as a JWK, in base64url (RFC 7638), by which Distribution 3.x knows keys. */
    RFC7638;

    private static final int LIBTRUST_BYTES = 30;
    private static final int GROUP = 4;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** The id of a key; empty if tokens have none. */
    public Optional<String> of(PublicKey key) {
        return switch (this) {
            case NONE -> Optional.empty();
            case LIBTRUST -> Optional.of(libtrust(key));
            case RFC7638 -> Optional.of(thumbprint(key));
        };
    }

    private static String libtrust(PublicKey key) {
        String text = base32(Arrays.copyOf(sha256(key.getEncoded()), LIBTRUST_BYTES));
        var id = new StringBuilder();
        for (int i = 0; i < text.length(); i += GROUP) {
            id.append(i == 0 ? "" : ":").append(text, i, i + GROUP);
        }
        return id.toString();
    }

    // RFC 4648, section 6; 30 bytes are 48 characters, so that none is padding.
    private static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte next : bytes) {
            buffer = (buffer << 8) | (next & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE32.charAt((buffer >> (bits - 5)) & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        return text.toString();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    // A coordinate has the curve's width, leading zeros included (RFC 7518, section 6.2.1.2).
    private static String thumbprint(PublicKey key) {
        JWK jwk = switch (key) {
            case ECPublicKey ec -> new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).build();
            default -> throw new IllegalArgumentException("no tokens are signed with " + key.getAlgorithm());
        };
        try {
            return jwk.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot hash a key", e);
        }
    }
}
