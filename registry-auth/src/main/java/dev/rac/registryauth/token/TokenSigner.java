package dev.rac.registryauth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rac.certs.CryptoProvider;
import dev.rac.certs.Identity;
import dev.rac.certs.KeyAlgorithm;
import dev.rac.certs.SigningCertificates;
import java.security.cert.CertificateEncodingException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens (RFC 7515, RFC 7519) with the key that is current. Thread-safe.
 *
 * <p>Every token carries its certificate in {@code x5c}: that is what Distribution 2.7, 2.8 and 3.x all verify, whatever
 * the {@code kid} is.
 */
public final class TokenSigner {
    private final SigningCertificates certificates;
    private final KeyIds keyIds;
    private volatile @Nullable Prepared prepared;

    public TokenSigner(SigningCertificates certificates, KeyIds keyIds) {
        this.certificates = certificates;
        this.keyIds = keyIds;
    }

    /**
     * Signs claims.
     *
     * @param type the header's {@code typ}, by which one kind of token is not taken for another
     */
    public String sign(JOSEObjectType type, JWTClaimsSet claims) {
        Prepared now = prepared();
        try {
            var token = new SignedJWT(now.header(type), claims);
            token.sign(now.signer());
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private Prepared prepared() {
        Identity current = certificates.current();
        Prepared now = prepared;
        if (now == null || !now.identity().equals(current)) {
            now = Prepared.of(current, keyIds);
            prepared = now;
        }
        return now;
    }

    private record Prepared(Identity identity, KeyIds keyIds, JWSSigner signer, JWSHeader accessTokenHeader) {
        static Prepared of(Identity identity, KeyIds keyIds) {
            JWSSigner signer = signer(identity);
            CryptoProvider.accelerated().ifPresent(signer.getJCAContext()::setProvider);
            return new Prepared(identity, keyIds, signer, newHeader(identity, keyIds, JOSEObjectType.JWT));
        }

        JWSHeader header(JOSEObjectType type) {
            return type.equals(JOSEObjectType.JWT) ? accessTokenHeader : newHeader(identity, keyIds, type);
        }

        private static JWSSigner signer(Identity identity) {
            try {
                return switch (identity.algorithm()) {
                    case ES256 -> new ECDSASigner(identity.privateKey(), Curve.P_256);
                    case RS256 -> new RSASSASigner(identity.privateKey());
                };
            } catch (JOSEException e) {
                throw new IllegalStateException("cannot sign with " + identity, e);
            }
        }

        private static JWSHeader newHeader(Identity identity, KeyIds keyIds, JOSEObjectType type) {
            List<Base64> chain = new ArrayList<>();
            try {
                for (var certificate : identity.certificates()) {
                    chain.add(Base64.encode(certificate.getEncoded()));
                }
                var header = new JWSHeader.Builder(algorithm(identity.algorithm()))
                        .type(type)
                        .keyID(keyIds.of(identity.certificate().getPublicKey()).orElse(null))
                        .x509CertChain(chain)
                        .build();
                // A parsed header keeps its encoded form.
                return JWSHeader.parse(header.toBase64URL());
            } catch (CertificateEncodingException | ParseException e) {
                throw new IllegalStateException("cannot encode the certificate of " + identity, e);
            }
        }

        private static JWSAlgorithm algorithm(KeyAlgorithm algorithm) {
            return switch (algorithm) {
                case ES256 -> JWSAlgorithm.ES256;
                case RS256 -> JWSAlgorithm.RS256;
            };
        }
    }
}
