package dev.rac.notifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rac.certs.Identity;
import dev.rac.certs.KeyAlgorithm;
import dev.rac.certs.SigningCertificates;
import dev.rac.service.http.ClientAddress;
import dev.rac.service.http.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Speaks registry-auth's side of the protocols, with real tokens: anybody may do everything with a repository, but
 * one that is private only its owner; what is read-only nobody may change.
 */
public final class TokenServer implements AutoCloseable {
    public static final String SERVICE = "rac.test";
    public static final String SECRET = "service-secret";

    private final SigningCertificates certificates;
    private final HttpServer server;
    private final Map<String, String> passwords = new ConcurrentHashMap<>(Map.of("@notifier", SECRET));
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final Map<String, Instant> claimedAt = new ConcurrentHashMap<>();
    private final Set<String> readOnly = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable String lastClient;

    public static TokenServer start(Path directory) throws IOException {
        return new TokenServer(directory);
    }

    private TokenServer(Path directory) throws IOException {
        certificates = SigningCertificates.open(directory, KeyAlgorithm.ES256, Clock.systemUTC(), new SecureRandom());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the registry trusts. */
    public Path bundle() {
        return certificates.bundleFile();
    }

    public void addUser(String name, String password) {
        passwords.put(name, password);
    }

    /** Gives a repository to a user, who alone may see it. */
    public void claim(String repository, String owner) {
        owners.put(repository, owner);
        claimedAt.putIfAbsent(repository, Instant.now());
    }

    /** Hands a claim over, which stays the same claim. */
    public void handOver(String repository, String owner) {
        owners.replace(repository, owner);
    }

    /** Takes a repository back from its owner. */
    public void release(String repository) {
        owners.remove(repository);
        claimedAt.remove(repository);
    }

    /** Lets nobody change the app of a repository. */
    public void protect(String repository) {
        readOnly.add(repository);
    }

    /** Where the last request for a token came from, as its sender said. */
    public @Nullable String lastClient() {
        return lastClient;
    }

    /** Method, path and query of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/holders/")) {
            holder(exchange, path.substring("/holders/".length()));
            return;
        }
        switch (path) {
            case "/healthz" -> answer(exchange, 200, "{}");
            case "/certificates" -> answer(exchange, 200, certificates.bundle());
            case "/token" -> token(exchange);
            case "/pull-credentials" -> pullCredential(exchange);
            default -> answer(exchange, 404, "{}");
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        lastClient = exchange.getRequestHeaders().getFirst(ClientAddress.HEADER);
        String user = user(exchange);
        if (user == null) {
            answer(exchange, 401, "{}");
            return;
        }
        List<Map<String, Object>> access = new ArrayList<>();
        for (String parameter : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String decoded = URLDecoder.decode(parameter, StandardCharsets.UTF_8);
            if (decoded.startsWith("scope=")) {
                for (String scope : decoded.substring("scope=".length()).split(" ", -1)) {
                    access.add(grant(user, scope.split(":", -1)));
                }
            }
        }
        answer(exchange, 200, "{\"token\":\"" + sign(claims(user).claim("access", access)) + "\",\"expires_in\":300}");
    }

    private Map<String, Object> grant(String user, String[] scope) {
        List<String> actions = new ArrayList<>(List.of(scope[2].split(",")));
        String owner = owners.getOrDefault(scope[1], user);
        if (!owner.equals(user) && !user.startsWith("@")) {
            actions.clear();
        }
        if (readOnly.contains(scope[1])) {
            actions.removeAll(List.of("write", "push"));
        }
        return Map.of("type", scope[0], "name", scope[1], "actions", actions);
    }

    private void holder(HttpExchange exchange, String repository) throws IOException {
        Optional<Instant> since = Optional.ofNullable(claimedAt.get(repository));
        String claim = since.map(at -> ",\"owner\":\"" + owners.get(repository) + "\",\"claimed_at\":[\"" + at + "\"]")
                .orElse(",\"claimed_at\":[]");
        boolean asks = "@notifier".equals(user(exchange));
        answer(exchange, asks ? 200 : 401, "{\"repository\":\"" + repository + "\"" + claim + "}");
    }

    private void pullCredential(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!"@notifier".equals(user(exchange))) {
            answer(exchange, 401, "{}");
            return;
        }
        passwords.put("@pull", "pull-only");
        answer(
                exchange,
                201,
                "{\"username\":\"@pull\",\"password\":\"pull-only\",\"expires_at\":\"2099-01-01T00:00:00Z\",\"asked\":"
                        + body + "}");
    }

    // The empty name for anonymous; null for wrong credentials.
    private @Nullable String user(HttpExchange exchange) {
        return switch (Credentials.parse(exchange.getRequestHeaders().getFirst("Authorization"))) {
            case Credentials.None none -> "";
            case Credentials.Basic(String user, String password) -> password.equals(passwords.get(user)) ? user : null;
            case Credentials.Bearer(String token)
            when token.startsWith("rac_") ->
                passwords.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(token))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
            case Credentials.Bearer bearer -> null;
            case Credentials.Malformed malformed -> null;
        };
    }

    /** The claims that every token has. */
    public JWTClaimsSet.Builder claims(String user) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("rac")
                .subject(user)
                .audience(SERVICE)
                .notBeforeTime(Date.from(now.minusSeconds(5)))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    /** A token as registry-auth signs it. */
    public String sign(JWTClaimsSet.Builder claims) {
        return sign(claims, certificates.current());
    }

    /** A token signed by whomever. */
    public static String sign(JWTClaimsSet.Builder claims, Identity identity) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .x509CertChain(List.of(Base64.encode(identity.certificate().getEncoded())))
                    .build();
            var jwt = new SignedJWT(header, claims.build());
            jwt.sign(new ECDSASigner((ECPrivateKey) identity.privateKey()));
            return jwt.serialize();
        } catch (JOSEException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
