package dev.rac.edgeproxy;

import static dev.rac.edgeproxy.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rac.targets.AppState;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FreezeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofMillis(1500);
    private static final String SOON = "300ms";

    @Test
    void anAppThatNobodyAsksForIsFrozenAndGoesOnForTheNextRequest() throws Exception {
        try (TestDoor door = TestDoor.open(Map.of("RAC_FREEZE_TIMEOUT", SOON))) {
            LocalApp hello = door.target.deploy(app("hello"), Behaviour.of(new WebProgram("hello")));
            assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);

            for (int times = 1; times <= 3; times++) {
                int frozen = times;
                await().atMost(PATIENCE).until(() -> hello.freezes() == frozen);
                assertThat(hello.status().state()).isEqualTo(AppState.FROZEN);
                assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
            }

            assertThat(hello.starts()).isEqualTo(1);
            assertThat(hello.sleeps()).isZero();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(door.metrics()).containsPattern("rac_freezes_total [34]"));
        }
    }

    @Test
    void anAppIsNotFrozenWhileItAnswersARequest() throws Exception {
        try (TestDoor door = TestDoor.open(Map.of("RAC_FREEZE_TIMEOUT", SOON))) {
            var program = new WebProgram("hello");
            LocalApp hello = door.target.deploy(app("hello"), Behaviour.of(program));
            CompletableFuture<HttpResponse<String>> held = door.getLater("hello", "/hold");
            await().atMost(PATIENCE).until(() -> program.holding() == 1);

            await().during(QUIET).atMost(PATIENCE).until(() -> hello.freezes() == 0);
            program.release();

            assertThat(held.join().statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> hello.freezes() == 1);
        }
    }

    @Test
    void aFrozenAppSleepsWhenItsIdleTimeIsOver() throws Exception {
        try (TestDoor door = TestDoor.open(Map.of("RAC_FREEZE_TIMEOUT", SOON, "RAC_IDLE_TIMEOUT", "4s"))) {
            LocalApp hello = door.target.deploy(app("hello"), Behaviour.of(new WebProgram("hello")));
            door.get("hello", "/");

            await().atMost(PATIENCE).until(() -> hello.sleeps() == 1);

            assertThat(hello.freezes()).isEqualTo(1);
            assertThat(door.get("hello", "/").statusCode()).isEqualTo(200);
            assertThat(hello.starts()).isEqualTo(2);
        }
    }

    @Test
    void whereFrozenAppsHoldTooMuchTheOneWithoutRequestsForLongestSleeps() throws Exception {
        // For one of them, and not for two.
        String limit = Long.toString(LocalTarget.FROZEN_BYTES * 3 / 2);
        try (TestDoor door = TestDoor.open(Map.of("RAC_FREEZE_TIMEOUT", SOON, "RAC_FREEZE_MEMORY", limit))) {
            LocalApp first = door.target.deploy(app("first"), Behaviour.of(new WebProgram("first")));
            LocalApp second = door.target.deploy(app("second"), Behaviour.of(new WebProgram("second")));
            door.get("first", "/");
            await().atMost(PATIENCE).until(() -> first.freezes() == 1);
            door.get("second", "/");

            await().atMost(PATIENCE).until(() -> first.sleeps() == 1);
            await().during(QUIET).atMost(PATIENCE).until(() -> second.freezes() == 1 && second.sleeps() == 0);
        }
    }

    @Test
    void nothingIsFrozenWhereThatIsOff() throws Exception {
        try (TestDoor door = TestDoor.open(Map.of("RAC_FREEZE_TIMEOUT", "off"))) {
            LocalApp hello = door.target.deploy(app("hello"), Behaviour.of(new WebProgram("hello")));
            door.get("hello", "/");

            await().during(QUIET).atMost(PATIENCE).until(() -> hello.freezes() == 0);
        }
    }
}
