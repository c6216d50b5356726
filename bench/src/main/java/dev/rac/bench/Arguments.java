package dev.rac.bench;

import dev.rac.bench.plan.Effort;
import dev.rac.bench.plan.ServiceBench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param documents where a page for each service is written
 */
record Arguments(Effort effort, Path documents, List<ServiceBench> services) {
    private static final String QUICK = "--quick";

    /** Reads {@code [--quick] [service …]}; empty if they are not that. */
    static Optional<Arguments> parse(List<ServiceBench> all, String... arguments) {
        boolean quick = List.of(arguments).contains(QUICK);
        var services = new ArrayList<ServiceBench>();
        for (String argument : arguments) {
            if (!argument.equals(QUICK)) {
                Optional<ServiceBench> named = all.stream()
                        .filter(service -> service.name().equals(argument))
                        .findFirst();
                if (named.isEmpty()) {
                    return Optional.empty();
                }
                services.add(named.get());
            }
        }
        return Optional.of(new Arguments(
                quick ? Effort.QUICK : Effort.FULL,
                quick ? Path.of("bench", "target", "performance") : Path.of("docs", "performance"),
                services.isEmpty() ? all : services));
    }
}
