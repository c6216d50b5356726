package dev.rac.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded database has committed outlives the process, however often it is killed. */
final class KilledDatabaseIT {
    private static final int KILLS = 5;
    private static final int MOST_COMMITS = 200;
    private static final int APART = 100_000;

    @RepeatedTest(2)
    void whatWasCommittedIsThereAfterEveryKill(@TempDir Path directory, RepetitionInfo repetition) throws Exception {
        Path file = directory.resolve("database");
        var random = new Random(repetition.getCurrentRepetition());
        var committed = new TreeSet<Integer>();
        for (int kill = 0; kill < KILLS; kill++) {
            commitAndKill(file, kill * APART, 1 + random.nextInt(MOST_COMMITS), committed);
        }

        try (var database = Database.open(CommittingProcess.settings(file), "sample")) {
            Set<Integer> there = database.jdbi()
                    .withHandle(handle -> Set.copyOf(handle.createQuery("select id from sample")
                            .mapTo(Integer.class)
                            .list()));
            assertThat(there).containsAll(committed);
        }
    }

    private static void commitAndKill(Path file, int first, int commits, Set<Integer> committed) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        file.toString(),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            for (int i = 0; i < commits; ) {
                String line = output.readLine();
                assertThat(line).as("the process goes on until it is killed").isNotNull();
                if (line.matches("[0-9]+")) {
                    committed.add(Integer.parseInt(line));
                    i++;
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
