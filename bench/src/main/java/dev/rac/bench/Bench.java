package dev.rac.bench;

import dev.rac.bench.document.Machine;
import dev.rac.bench.edgeproxy.EdgeProxyBench;
import dev.rac.bench.notifier.NotifierBench;
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

/** Measures services and writes a page for each into {@code docs/performance}. Run by {@code bench.sh}, from the root of the repository. */
public final class Bench {
    private static final int WRONG_USAGE = 2;
    private static final List<ServiceBench> SERVICES =
            List.of(new RegistryAuthBench(), new NotifierBench(), new EdgeProxyBench());

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
        for (ServiceBench service : arguments.services()) {
            var progress = new Progress(System.out);
            Path page = arguments.documents().resolve(service.name() + ".md");
            try (var scratch = new Scratch()) {
                var place = new Workplace(arguments.effort(), scratch.directory(), Path.of("target", "log"), progress);
                String text = service.measure(place);
                Files.createDirectories(arguments.documents());
                Files.writeString(page, head(service, progress) + text.strip() + "\n");
            }
            progress.now("wrote " + page);
        }
    }

    private static String head(ServiceBench service, Progress progress) {
        return """
            # Performance of %s

            %s The load generator runs on the same cores. Absolute figures are that machine's: compare ratios.

            All of this page is written by one command, which took %d minutes; leave the machine alone meanwhile:

            ```console
            ./bench.sh %s
            ```

            Servers run as processes of their own and get HTTP over loopback. After a warm-up, each point is \
            measured several times: figures are the median, and in small print the lowest and the highest. Ratios are \
            taken of two measurements that follow each other, and then the median.

            """.formatted(
                        service.name(),
                        Machine.describe(LocalDate.now(ZoneOffset.UTC)),
                        progress.taken().plusSeconds(30).toMinutes(),
                        service.name());
    }
}
