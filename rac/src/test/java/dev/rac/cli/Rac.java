package dev.rac.cli;

import dev.rac.cli.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code rac} command as one user runs it: an environment, a terminal where there is one, and a clock. */
final class Rac {
    private final Map<String, String> variables = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private InputStream in = InputStream.nullInputStream();
    private Clock clock = Clock.systemUTC();

    /** Somebody who has told the command where RAC is, and nothing else. */
    static Rac at(URI url) {
        return new Rac().with("RAC_URL", url.toString());
    }

    Rac as(String user, String password) {
        return with("RAC_USER", user).with("RAC_PASSWORD", password);
    }

    Rac with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** What a person types when asked; without it, nobody is there to be asked. */
    Rac typing(String... answers) {
        typed.addAll(List.of(answers));
        return this;
    }

    Rac reading(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Rac at(Clock another) {
        clock = another;
        return this;
    }

    Ran run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var surroundings = new Surroundings(variables, question -> Optional.ofNullable(typed.poll()), in, clock);
        int status = Main.commandLine(surroundings, args)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Ran(status, out.toString(), err.toString());
    }

    /** How it ended, and what it printed. */
    record Ran(int status, String out, String err) {}
}
