package dev.rac.registryauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real registry takes our tokens whatever their {@code kid} is. */
@EnabledIf("dev.rac.registryauth.Registry#isInstalled")
class KeyIdIT {
    @ParameterizedTest
    @CsvSource({"es256, none", "es256, libtrust", "es256, rfc7638", "rs256, none", "rs256, libtrust", "rs256, rfc7638"})
    void theRegistryAcceptsTokens(String algorithm, String kid, @TempDir Path directory) throws Exception {
        try (var auth = AuthServer.start(
                        directory.resolve("data"), "RAC_TOKEN_ALGORITHM", algorithm, "RAC_TOKEN_KID", kid);
                var registry = Registry.start(directory, auth)) {
            String token = auth.get("/token?service=localhost&scope=repository:hello:pull,push", null)
                    .text("token");

            assertThat(SignedJWT.parse(token).getHeader().getKeyID() == null).isEqualTo(kid.equals("none"));
            assertThat(registry.push("hello", "latest", token)).isEqualTo(201);
            assertThat(registry.status("GET", "/v2/hello/manifests/latest", token))
                    .isEqualTo(200);
        }
    }
}
