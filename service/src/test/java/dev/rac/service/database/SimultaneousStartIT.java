package dev.rac.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.condition.EnabledIf;

/** Instances that find one real PostgreSQL empty at the same moment. */
@EnabledIf("dev.rac.service.database.PostgresServer#isInstalled")
final class SimultaneousStartIT {
    private static final int INSTANCES = 6;

    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @RepeatedTest(10)
    void eachFindsTheTablesThatOneOfThemMade() throws Exception {
        DatabaseSettings settings = postgres.newDatabase();
        List<Callable<Integer>> instances = IntStream.range(0, INSTANCES)
                .<Callable<Integer>>mapToObj(id -> () -> insert(settings, id))
                .toList();
        var inserted = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(INSTANCES)) {
            for (Future<Integer> instance : threads.invokeAll(instances)) {
                inserted.add(instance.get());
            }
        }
        assertThat(inserted).containsOnly(1);
    }

    private static int insert(DatabaseSettings settings, int id) {
        try (var database = Database.open(settings, "sample")) {
            return database.jdbi().withHandle(handle -> handle.execute("insert into sample values (?)", id));
        }
    }
}
