package dev.rac.cli.command;

import dev.rac.cli.api.ApiClient;
import dev.rac.cli.api.Authorization;
import dev.rac.cli.api.Trust;
import dev.rac.cli.api.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the API is, and who asks it. */
final class ApiOptions {
    static final String DEFAULT_URL = "http://localhost:8080";

    private final Surroundings surroundings;

    @Option(names = "--url", paramLabel = "URL", description = "Where RAC is; else RAC_URL, else " + DEFAULT_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = {
                "Who asks; else RAC_USER. The password, or an access token, is read from RAC_PASSWORD,",
                "else asked for on the terminal."
            })
    private @Nullable String user;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) of the authority to trust for https; else RAC_CA, else the JDK's.")
    private @Nullable String authority;

    ApiOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The user's name, if one is given. */
    Optional<String> user() {
        return given(user, "RAC_USER");
    }

    ApiClient connect() {
        return connect(authorization());
    }

    ApiClient connect(Authorization authorization) {
        return new ApiClient(url(), authorization, trust());
    }

    /** What the options and the environment say of who asks; may ask the person at the terminal. */
    Authorization authorization() {
        Optional<String> password = surroundings.variable("RAC_PASSWORD");
        Optional<String> name = user();
        if (name.isPresent()) {
            if (name.get().contains(":")) {
                throw new UsageException("a user's name has no colon: look at --user (RAC_USER)");
            }
            return new Authorization.Basic(
                    name.get(),
                    password.or(() -> surroundings.prompt().ask("Password of " + name.get()))
                            .orElseThrow(() -> new UsageException(
                                    "set RAC_PASSWORD: without a terminal, nobody can be asked for the password of "
                                            + name.get())));
        }
        if (password.isEmpty()) {
            return new Authorization.Anonymous();
        }
        if (password.get().startsWith(Authorization.TOKEN_PREFIX)) {
            return new Authorization.Bearer(password.get());
        }
        throw new UsageException("RAC_PASSWORD is set, but not whose it is: give --user, or set RAC_USER");
    }

    private URI url() {
        String text = given(url, "RAC_URL").orElse(DEFAULT_URL);
        try {
            var parsed = new URI(text.strip().replaceAll("/+$", ""));
            boolean http = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            boolean bare =
                    parsed.getRawUserInfo() == null && parsed.getRawQuery() == null && parsed.getRawFragment() == null;
            if (http && bare && parsed.getHost() != null) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            // Told below, like a URL of another kind. It is not repeated: it may have a password in it.
        }
        throw new UsageException("--url (RAC_URL) takes an http or https URL without a user, such as " + DEFAULT_URL);
    }

    private Trust trust() {
        Optional<String> file = given(authority, "RAC_CA");
        try {
            return file.isPresent() ? new Trust.Authorities(Path.of(file.get())) : new Trust.KnownAuthorities();
        } catch (InvalidPathException e) {
            throw new UsageException("--ca (RAC_CA) takes the path of a file");
        }
    }

    private Optional<String> given(@Nullable String option, String variable) {
        return Optional.ofNullable(option).or(() -> surroundings.variable(variable));
    }
}
