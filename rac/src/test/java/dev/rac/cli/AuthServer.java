package dev.rac.cli;

import dev.rac.registryauth.RegistryAuth;
import dev.rac.registryauth.RegistryAuthSettings;
import dev.rac.service.metrics.Metrics;
import dev.rac.service.settings.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;

/** A registry-auth of one test, on a free port. */
final class AuthServer implements AutoCloseable {
    private static final String ADMIN_PASSWORD = "admin-password";

    private final RegistryAuth auth;

    private AuthServer(RegistryAuth auth) {
        this.auth = auth;
    }

    /** Starts it with the cheapest password hashes. {@code settings} are names and values in turn. */
    static AuthServer start(Path data, String... settings) {
        var variables = new HashMap<String, String>();
        variables.put("RAC_PORT", "0");
        variables.put("RAC_DATA", data.toString());
        variables.put("RAC_BCRYPT_COST", "4");
        variables.put("RAC_ADMIN_PASSWORD", ADMIN_PASSWORD);
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        var environment = new Environment(variables);
        RegistryAuthSettings read = RegistryAuthSettings.read(environment);
        environment.check();
        return new AuthServer(RegistryAuth.start(read, new Metrics()));
    }

    URI url() {
        return auth.uri();
    }

    Rac anonymous() {
        return Rac.at(url());
    }

    Rac admin() {
        return anonymous().as("admin", ADMIN_PASSWORD);
    }

    Rac as(String user) {
        return anonymous().as(user, user + "-password");
    }

    /** Signs a user up, with the command itself. */
    Rac signUp(String user) {
        var ran = anonymous().with("RAC_NEW_PASSWORD", user + "-password").run("user", "add", user);
        if (ran.status() != 0) {
            throw new AssertionError(ran);
        }
        return as(user);
    }

    /** Logs in as a client that keeps the login, as {@code docker login} with an identity token. */
    void logIn(String user, String client) {
        String form = "grant_type=password&access_type=offline&service=localhost&client_id=" + client + "&username="
                + user + "&password=" + user + "-password";
        var request = HttpRequest.newBuilder(URI.create(url() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.body());
            }
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        auth.close();
    }
}
