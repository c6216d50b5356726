package dev.rac.bench;

import dev.rac.bench.document.Machine;
import dev.rac.bench.notifier.NotifierBench;
import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.Progress;
import dev.rac.bench.plan.ServiceBench;
import dev.rac.bench.plan.Workplace;
import dev.rac.bench.registryauth.RegistryAuthBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Measures services and writes {@code docs/performance.md}. Run by {@code bench.sh}, from the root of the repository. */
public final class Bench {
    private static final int WRONG_USAGE = 2;
    private static final List<ServiceBench> SERVICES = List.of(new RegistryAuthBench(), new NotifierBench());

    private Bench() {}

    public static void main(String[] args) throws IOException {
        Optional<Arguments> arguments = Arguments.parse(SERVICES, args);
        if (arguments.isEmpty()) {
            String names = SERVICES.stream().map(ServiceBench::name).collect(Collectors.joining("|"));
            System.err.println("usage: bench.sh [--quick] [" + names + "]");
            System.exit(WRONG_USAGE);
            return;
        }
        run(arguments.get());
    }

    private static void run(Arguments arguments) throws IOException {
        var progress = new Progress(System.out);
        var text = new StringBuilder();
        for (ServiceBench service : arguments.services()) {
            try (var scratch = new Scratch()) {
                var place = new Workplace(arguments.effort(), scratch.directory(), Path.of("target", "log"), progress);
                text.append(service.measure(place));
            }
        }
        Files.createDirectories(arguments.document().getParent());
        Files.writeString(
                arguments.document(),
                head(arguments.effort(), progress) + text.toString().strip() + "\n");
        progress.now("wrote " + arguments.document());
    }

    private static String head(Effort effort, Progress progress) {
        return """
            # Performance

            %s The load generator runs on the same cores. Absolute figures are that machine's: compare ratios.

            All of this page is written by one command, which took %d minutes; leave the machine alone meanwhile:

            ```console
            ./bench.sh
            ```

            Servers run as processes of their own and get HTTP over loopback. After a warm-up, each point is \
            measured once in each of %d rounds, in turn with all others: figures are the median of the rounds, \
            and in small print the lowest and the highest. Ratios are taken within a round, of two measurements that \
            follow each other, and then the median.

            """.formatted(
                        Machine.describe(LocalDate.now(ZoneOffset.UTC)),
                        progress.taken().plusSeconds(30).toMinutes(),
                        effort.rounds());
    }
}
