package dev.rac.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CryptoProviderTest {
    @Test
    void isAcceleratedWhereThereIsABuildForThePlatform() {
        assumeTrue(System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64"));

        assertThat(CryptoProvider.accelerated())
                .hasValueSatisfying(
                        provider -> assertThat(provider.getName()).isEqualTo("AmazonCorrettoCryptoProvider"));
    }

    @ParameterizedTest
    @EnumSource
    void theJdkVerifiesWhatTheChosenProviderSigns(KeyAlgorithm algorithm) throws Exception {
        var keys = algorithm.generate();
        var provider = CryptoProvider.accelerated();
        var signer = provider.isPresent()
                ? Signature.getInstance(algorithm.signatureName(), provider.get())
                : Signature.getInstance(algorithm.signatureName());
        signer.initSign(keys.getPrivate());
        signer.update((byte) 1);

        var verifier = Signature.getInstance(
                algorithm.signatureName(), algorithm == KeyAlgorithm.ES256 ? "SunEC" : "SunRsaSign");
        verifier.initVerify(keys.getPublic());
        verifier.update((byte) 1);
        assertThat(verifier.verify(signer.sign())).isTrue();
    }
}
