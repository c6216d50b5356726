package dev.rac.registryauth;

import static dev.rac.registryauth.AuthServer.admin;
import static dev.rac.registryauth.AuthServer.basic;
import static dev.rac.registryauth.AuthServer.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.registryauth.AuthServer.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the audit log has after each request that changes something, or that is refused. */
class AuditedRequestTest {
    @TempDir
    private Path data;

    private AuthServer server;
    private String alice;
    private String machine;
    private String puller;
    private String tokenId;
    private String sessionId;

    @BeforeEach
    void start() {
        server = AuthServer.start(data, "RAC_SIGNUP", "closed");
        alice = add("alice");
        add("bob");
        var token = Map.of("name", "ci", "repositories", List.of("alice/*"), "actions", List.of("pull"));
        Reply created = server.send("POST", "/access-tokens", alice, token);
        tokenId = created.text("id");
        machine = "Bearer " + created.text("token");
        puller = basic(
                "@pull",
                server.send("POST", "/pull-credentials", service("@notifier"), Map.of("repository", "pulled"))
                        .text("password"));
        server.get("/token?offline_token=true", alice);
        sessionId = server.get("/users/me/sessions", alice)
                .json()
                .path(0)
                .path("id")
                .asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        # users, by themselves
        POST   | /users                       | nobody  | {"name":"carol","password":"carol-password"}          | 401 |  user.create  refused: sign-up is closed
        POST   | /users                       | alice   | {"name":"carol","password":"carol-password"}          | 403 | alice user.create  refused: not an administrator
        POST   | /users                       | admin   | {"name":"carol","password":"carol-password"}          | 201 | admin user.create user:carol done:
        PUT    | /users/me/password           | alice   | {"current":"wrong","new":"another-password"}          | 403 | alice user.password user:alice refused: the current password is wrong
        PUT    | /users/me/password           | alice   | {"current":"alice-password","new":"another-password"} | 204 | alice user.password user:alice done:
        DELETE | /users/me                    | alice   | -                                                     | 204 | alice user.delete user:alice done: claims to admin
        DELETE | /users/me                    | admin   | -                                                     | 409 | admin user.delete user:admin refused: the last administrator who may log in
        DELETE | /users/me/sessions           | alice   | -                                                     | 204 | alice session.revoke-all user:alice done:
        DELETE | /users/me/sessions/{session} | alice   | -                                                     | 204 | alice session.revoke session:{session} done:
        # users, by administrators
        GET    | /users                       | alice   | -                                                     | 403 | alice user.list  refused: not an administrator
        GET    | /users/bob                   | alice   | -                                                     | 403 | alice user.show user:bob refused: not an administrator
        PATCH  | /users/bob                   | alice   | {"disabled":true}                                     | 403 | alice user.change user:bob refused: not an administrator
        PATCH  | /users/bob                   | admin   | {"disabled":true}                                     | 200 | admin user.disable user:bob done:
        PATCH  | /users/bob                   | admin   | {"disabled":false}                                    | 200 | admin user.enable user:bob done:
        PATCH  | /users/bob                   | admin   | {"administrator":true}                                | 200 | admin user.promote user:bob done:
        PATCH  | /users/bob                   | admin   | {"administrator":false}                               | 200 | admin user.demote user:bob done:
        PATCH  | /users/admin                 | admin   | {"disabled":true}                                     | 409 | admin user.disable user:admin refused: the last administrator who may log in
        PATCH  | /users/admin                 | admin   | {"administrator":false}                               | 409 | admin user.demote user:admin refused: the last administrator who may log in
        PUT    | /users/bob/password          | alice   | {"new":"another-password"}                            | 403 | alice user.password user:bob refused: not an administrator
        PUT    | /users/bob/password          | admin   | {"new":"another-password"}                            | 204 | admin user.password user:bob done:
        DELETE | /users/bob                   | alice   | -                                                     | 403 | alice user.delete user:bob refused: not an administrator
        DELETE | /users/bob                   | admin   | -                                                     | 204 | admin user.delete user:bob done: claims to admin
        DELETE | /users/admin                 | admin   | -                                                     | 409 | admin user.delete user:admin refused: the last administrator who may log in
        POST   | /users/import                | alice   | carol:x                                               | 403 | alice user.import  refused: not an administrator
        POST   | /users/import                | admin   | carol:x                                               | 200 | admin user.import  done: 0 added, 1 skipped
        GET    | /users/export                | alice   | -                                                     | 403 | alice user.export  refused: not an administrator
        GET    | /users/export                | admin   | -                                                     | 200 | admin user.export  done:
        # access tokens
        POST   | /access-tokens               | machine | {}                                                    | 403 | alice access-token.refuse access-token:{token} refused: POST /access-tokens
        POST   | /access-tokens               | alice   | {"name":"x","repositories":["a"],"actions":["pull"]}  | 201 | alice access-token.create access-token:{new} done: of alice, for [pull] on [a]
        GET    | /access-tokens?user=alice    | bob     | -                                                     | 403 | bob access-token.list user:alice refused: not an administrator
        DELETE | /access-tokens/{token}       | bob     | -                                                     | 404 | bob access-token.revoke access-token:{token} refused: of alice, for [pull] on [alice/*]
        DELETE | /access-tokens/{token}       | alice   | -                                                     | 204 | alice access-token.revoke access-token:{token} done: of alice, for [pull] on [alice/*]
        DELETE | /access-tokens/{token}       | admin   | -                                                     | 204 | admin access-token.revoke access-token:{token} done: of alice, for [pull] on [alice/*]
        # claims
        POST   | /claim                       | alice   | {"repository":"hello"}                                | 201 | alice claim.create repository:hello done:
        GET    | /claims?all=true             | alice   | -                                                     | 403 | alice claim.list-all  refused: not an administrator
        GET    | /claims                      | puller  | -                                                     | 403 | @pull pull-credential.refuse repository:pulled refused: GET /claims
        # credentials for engines
        POST   | /pull-credentials            | nobody  | {"repository":"hello"}                                | 401 |  pull-credential.create  refused: not a service
        POST   | /pull-credentials            | alice   | {"repository":"hello"}                                | 403 | alice pull-credential.create  refused: not a service
        POST   | /pull-credentials            | machine | {"repository":"hello"}                                | 403 | alice pull-credential.create  refused: not a service
        POST   | /pull-credentials            | puller  | {"repository":"hello"}                                | 403 | @pull pull-credential.create  refused: not a service
        POST   | /pull-credentials            | service | {"repository":"hello"}                                | 201 | @notifier pull-credential.create repository:hello done:
        # the service
        GET    | /audit                       | alice   | -                                                     | 403 | alice audit.list  refused: not an administrator
        GET    | /audit                       | service | -                                                     | 403 | @notifier service.refuse  refused: GET /audit
        GET    | /signing-keys                | alice   | -                                                     | 403 | alice signing-keys.list signing-keys refused: not an administrator
        POST   | /signing-keys/rotate         | alice   | -                                                     | 403 | alice signing-keys.rotate signing-keys refused: not an administrator
        POST   | /signing-keys/rotate         | admin   | -                                                     | 200 | admin signing-keys.rotate signing-keys done:
        """)
    void isInTheAuditLog(String method, String path, String who, @Nullable String body, int status, String entry) {
        assertThat(server.send(method, withIds(path), authorization(who), body).status())
                .isEqualTo(status);

        JsonNode last =
                server.get("/audit?limit=1", admin()).json().path("entries").path(0);
        String resource = last.path("resource").asString();
        String made = resource.substring(resource.indexOf(':') + 1);
        assertThat(text(last)).isEqualTo(withIds(entry).replace("{new}", made));
    }

    private @Nullable String authorization(String who) {
        return switch (who) {
            case "nobody" -> null;
            case "alice" -> alice;
            case "bob" -> basic("bob", "bob-password");
            case "admin" -> admin();
            case "machine" -> machine;
            case "puller" -> puller;
            default -> service("@notifier");
        };
    }

    private String withIds(String text) {
        return text.replace("{token}", tokenId).replace("{session}", sessionId);
    }

    private static String text(JsonNode entry) {
        String outcome = entry.path("allowed").asBoolean() ? "done" : "refused";
        String text = "%s %s %s %s: %s"
                .formatted(
                        entry.path("actor").asString(),
                        entry.path("action").asString(),
                        entry.path("resource").asString(),
                        outcome,
                        entry.path("detail").asString());
        return text.strip();
    }

    private String add(String name) {
        String password = name + "-password";
        server.send("POST", "/users", admin(), Map.of("name", name, "password", password));
        return basic(name, password);
    }
}
