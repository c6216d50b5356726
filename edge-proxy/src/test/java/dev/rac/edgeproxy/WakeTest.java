package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WakeTest {
    private TestDoor door;

    @BeforeEach
    void open() throws Exception {
        door = TestDoor.open(Map.of("RAC_WAKE_TIMEOUT", "10s", "RAC_MAX_WAITING", "100"));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void theFirstRequestWakesTheAppAndIsAnsweredByIt() throws Exception {
        LocalApp hello = deploy("hello", Behaviour.of(new WebProgram("hello")));

        HttpResponse<String> response = door.get("hello", "/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(hello.starts()).isEqualTo(1);
    }

    @Test
    void fiftyRequestsAtOnceMakeOneStartAndFiftyAnswers() throws Exception {
        LocalApp hello = deploy("hello", slow(new WebProgram("hello")));
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            requests.add(door.getLater("hello", "/"));
        }

        assertThat(requests)
                .allSatisfy(request -> assertThat(request.get().statusCode()).isEqualTo(200));
        assertThat(hello.starts()).isEqualTo(1);
    }

    private static Behaviour slow(Program program) {
        return Behaviour.of(program).addressAfter(Duration.ofMillis(100)).listeningAfter(Duration.ofMillis(300));
    }

    private LocalApp deploy(String name, Behaviour behaviour) {
        return door.target.deploy(app(name), behaviour);
    }
}
