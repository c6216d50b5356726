package dev.rac.notifier.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rac.service.database.Database;
import dev.rac.service.database.PostgresServer;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.rac.service.database.PostgresServer#isInstalled")
class PostgresUnknownEventsIT {
    @Test
    void theLastAreKept() throws Exception {
        try (var server = PostgresServer.start();
                Database database = Database.open(server.newDatabase(), "notifier")) {
            var events = new UnknownEvents(database.jdbi());

            IntStream.rangeClosed(0, UnknownEvents.KEPT).forEach(i -> events.keep(event("event " + i), Instant.EPOCH));
            assertThat(events.all()).hasSize(UnknownEvents.KEPT).startsWith("event 1");
            events.keep(event("half of \ud83d"), Instant.EPOCH);
            assertThat(events.all()).last().isEqualTo("half of ?");
        }
    }

    private static Event.Unknown event(String text) {
        return new Event.Unknown(Event.Reason.ACTION, text);
    }
}
