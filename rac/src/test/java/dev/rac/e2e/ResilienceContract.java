package dev.rac.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What apps do under load, while they are updated, and when they end, on any platform. */
abstract class ResilienceContract extends EndToEndFixture {
    private static final int REQUESTS_AT_ONCE = 50;
    private static final int LOADERS = 8;

    ResilienceContract(Platform platform) {
        super(platform);
    }

    @Test
    void fiftyRequestsAtOnceStartASleepingAppOnce() throws Exception {
        docker.buildWebServer(reference("herd"), "cat /proc/sys/kernel/random/uuid > /www/index.html", "rac.idle=10m");
        docker.must("push", reference("herd"));
        awaitState("herd", "asleep");

        var starts = new HashSet<String>();
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> open = () -> stack.open("herd");
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < REQUESTS_AT_ONCE; i++) {
                answers.add(threads.submit(open));
            }
            for (var answer : answers) {
                statuses.add(answer.get().statusCode());
                starts.add(answer.get().body());
            }
        }
        assertThat(statuses).hasSize(REQUESTS_AT_ONCE).containsOnly(200);
        assertThat(starts).hasSize(1);
    }

    @Test
    void updatesUnderConstantLoadFailNoRequestAndABrokenOneIsNotLetIn() throws Exception {
        pushPage("busy", "first", "rac.idle=10m");
        awaitDeployed("busy");
        try (var load = new ConstantLoad(LOADERS, () -> stack.open("busy"))) {
            pushPage("busy", "second", "rac.idle=10m");
            await().atMost(DEPLOYED).until(() -> page("busy").equals("second"));
            pushPage("busy", "third", "rac.idle=10m");
            await().atMost(DEPLOYED).until(() -> page("busy").equals("third"));
            docker.build(reference("busy"), """
                    EXPOSE 8000
                    CMD ["/bin/busybox", "sh", "-c", "echo no database here >&2; exit 3"]
                    """);
            docker.must("push", reference("busy"));
            await().atMost(DEPLOYED)
                    .untilAsserted(() -> assertThat(stack.app("busy")
                                    .path("last_push")
                                    .path("state")
                                    .asString())
                            .isEqualTo("failed"));
            // Longer than a drain: the old instances' ends are under load, too.
            load.awaitMore(2 * DRAIN.toSeconds());

            assertThat(load.failures()).isEmpty();
            assertThat(load.bodies()).containsExactlyInAnyOrder("first", "second", "third");
        }
        var app = stack.app("busy");
        assertThat(app.path("state").asString()).isEqualTo("running");
        assertThat(app.path("last_push").path("failure").toString()).contains("no database here", "\"exit_code\":3");
        assertThat(page("busy")).isEqualTo("third");
    }

    @Test
    void anAppThatEndsAtOnceIsToldAndNotStartedOverAndOver() throws Exception {
        docker.build(reference("broken"), """
                EXPOSE 8000
                CMD ["/bin/busybox", "sh", "-c", "echo no database here >&2; exit 3"]
                """);
        docker.must("push", reference("broken"));
        awaitState("broken", "asleep");

        var answer = stack.open("broken");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("3").doesNotContain("no database here");
        await().atMost(ASLEEP).untilAsserted(() -> {
            var app = stack.app("broken");
            assertThat(app.toString()).contains("\"failed\"", "no database here");
        });
    }

    @Test
    void anAppThatEndsAfterItAnsweredIsStoppedForGoodUntilItIsAskedForAgain() throws Exception {
        docker.build(reference("weary"), """
                LABEL rac.idle=15s
                EXPOSE 8000
                RUN ["/bin/busybox", "mkdir", "/www"]
                RUN ["/bin/busybox", "sh", "-c", "echo for now > /www/index.html"]
                CMD ["/bin/busybox", "sh", "-c", "busybox httpd -p 8000 -h /www; sleep 10; exit 7"]
                """);
        docker.must("push", reference("weary"));
        awaitState("weary", "asleep");

        assertThat(page("weary")).isEqualTo("for now");
        // A platform that starts it anew by itself does so within these ten seconds.
        await().atMost(ASLEEP)
                .during(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(platform.mayRun(namespace, "weary")).isFalse());
        assertThat(page("weary")).isEqualTo("for now");
    }
}
