package dev.rac.stack;

import java.net.URI;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the registry is told: the whole of its configuration file.
 *
 * @param address host and port to listen on
 * @param realm the token endpoint as clients reach it
 * @param service the audience of its tokens
 * @param issuer who signs them
 * @param certificates the bundle that verifies them
 * @param notifications where its events go
 * @param notificationSecret how it proves itself there
 * @param httpSecret what keeps an upload's state from being forged
 */
record RegistryConfig(
        String address,
        S3Settings s3,
        URI realm,
        String service,
        String issuer,
        Path certificates,
        URI notifications,
        String notificationSecret,
        String httpSecret) {
    private static final JsonMapper QUOTE = JsonMapper.shared();

    /** The configuration in YAML; it holds secrets. */
    String yaml() {
        // The registry prints its endpoints' headers at level info: with the secret in them, so warn is the lowest.
        return """
                version: 0.1
                log:
                  level: warn
                  accesslog:
                    disabled: true
                storage:
                  s3:
                    accesskey: %s
                    secretkey: %s
                    region: %s
                    regionendpoint: %s
                    forcepathstyle: true
                    bucket: %s
                    secure: %s
                    v4auth: true
                    rootdirectory: /
                  delete:
                    enabled: true
                  redirect:
                    disable: true
                  cache:
                    blobdescriptor: inmemory
                http:
                  addr: %s
                  secret: %s
                  draintimeout: 8s
                  headers:
                    X-Content-Type-Options: [nosniff]
                auth:
                  token:
                    realm: %s
                    service: %s
                    issuer: %s
                    rootcertbundle: %s
                notifications:
                  endpoints:
                    - name: notifier
                      url: %s
                      headers:
                        Authorization: [%s]
                      timeout: 5s
                      threshold: 3
                      backoff: 1s
                      ignore:
                        mediatypes: [application/octet-stream]
                        actions: [pull]
                """.formatted(
                        quote(s3.accessKey()),
                        quote(s3.secretKey()),
                        quote(s3.region()),
                        quote(s3.endpoint()),
                        quote(s3.bucket()),
                        "https".equals(s3.endpoint().getScheme()),
                        quote(address),
                        quote(httpSecret),
                        quote(realm),
                        quote(service),
                        quote(issuer),
                        quote(certificates),
                        quote(notifications),
                        quote("Bearer " + notificationSecret));
    }

    // A JSON string is a YAML string (YAML 1.2, section 1.3), whatever stands in it.
    private static String quote(Object value) {
        return QUOTE.writeValueAsString(value.toString());
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
        return "registry at " + address;
    }
}
