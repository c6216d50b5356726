package dev.rac.edgeproxy.wake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate in thousands of random worlds of requests, failures, stops, deployments and clock steps. */
class GateSimulationTest {
    private static final int STEPS = 400;

    @ParameterizedTest
    @ValueSource(longs = {0, 1000, 2000, 3000, 4000})
    void noWaiterIsLostNothingStartsTwiceAndNothingStopsWithARequestInFlight(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + 1000; seed++) {
            new GateWorld(seed, true).run(STEPS);
        }
    }

    @Test
    void inAWorldWithoutFailuresEveryRequestThatStaysIsAnswered() {
        for (long seed = 0; seed < 2000; seed++) {
            new GateWorld(seed, false).run(STEPS);
        }
    }
}
