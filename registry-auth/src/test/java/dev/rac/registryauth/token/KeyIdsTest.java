package dev.rac.registryauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyIdsTest {
    // RFC 7638, section 3.1.
    private static final String MODULUS =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
                    + "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9"
                    + "c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw"
                    + "0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    /** The first key is the one of the example in Distribution's manifest-v2-1.md; of the others, x or y begins with 0. */
    @ParameterizedTest
    @CsvSource({
        "3gAwX48IQ5oaYQAYSxor6rYYc_6yjuLCjtQ9LUakg4A, t72ge6kIA1XOjqjVoEOiPPAURltJFBMGDSQvEGVB010,"
                + " OD6I:6DRK:JXEJ:KBM4:255X:NSAA:MUSF:E4VM:ZI6W:CUN2:L4Z6:LSF4,"
                + " BIAtji11M6Plev9qEDAPpi67UYRwuSbSnyTWx31vkQM",
        "AFVDiUrz0A7X10Cr29dclrBod7eH219w7qeLkKjXwAo, u0yFo9jqKe-q-iRAaRLdhNWxTcMr9lbvbGvVil2UP5I,"
                + " HVHZ:ST6I:F4OR:OPDN:GJXA:LYHY:X76T:LAWQ:RYP2:3CRU:GVAA:4U3A,"
                + " 7Yxe6c_3bAa6kiaK1G-BZmi9EeNsUmlcbdnrtLeuK4E",
        "mGriUG8f8QTQQjCGHY9LSY9LxMbQCbMPdUTcEpuC0o0, ADzMwKZGDgrjKKTZfTx7YdhvxiicGJ8lJREMRBuwfpc,"
                + " 5AGM:HKO7:7OPF:652Q:TP4K:C4TR:SMEB:2RDP:EZOM:FPEU:QIPJ:TCRD,"
                + " WZsjbh58q8kl1WsGShqtiycImZtCgGbukDn4RAacMig",
    })
    void anEllipticKeysIdsKeepLeadingZeros(String x, String y, String libtrust, String thumbprint) throws Exception {
        PublicKey key = new ECKey.Builder(Curve.P_256, new Base64URL(x), new Base64URL(y))
                .build()
                .toECPublicKey();

        assertThat(KeyIds.LIBTRUST.of(key)).contains(libtrust);
        assertThat(KeyIds.RFC7638.of(key)).contains(thumbprint);
    }

    @Test
    void anRsaKeysIdsAreTheStandards() throws Exception {
        PublicKey key = new RSAKey.Builder(new Base64URL(MODULUS), new Base64URL("AQAB"))
                .build()
                .toRSAPublicKey();

        assertThat(KeyIds.LIBTRUST.of(key)).contains("VUZD:EDHW:YWLN:RBFQ:KOA3:UVZ2:XKG5:2V2J:WTPI:6SRD:U6PZ:VCO5");
        assertThat(KeyIds.RFC7638.of(key)).contains("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assertThat(KeyIds.NONE.of(key)).isEmpty();
    }
}
