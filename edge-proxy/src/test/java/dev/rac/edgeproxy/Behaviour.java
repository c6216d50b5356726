package dev.rac.edgeproxy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * How an app of the {@link LocalTarget} starts.
 *
 * @param untilAddress from the wake to the address
 * @param untilListening from the address to the server's listening
 * @param mayListen what it waits for before it listens
 * @param exits the exit status, where the process ends instead of listening
 */
public record Behaviour(
        Program program,
        Duration untilAddress,
        Duration untilListening,
        CountDownLatch mayListen,
        Optional<Integer> exits) {
    private static final CountDownLatch AT_ONCE = new CountDownLatch(0);

    public static Behaviour of(Program program) {
        return new Behaviour(program, Duration.ZERO, Duration.ZERO, AT_ONCE, Optional.empty());
    }

    /** Starts as slowly as that, once its address is known. */
    public Behaviour listeningAfter(Duration delay) {
        return new Behaviour(program, untilAddress, delay, mayListen, exits);
    }

    /** Does not listen before the latch opens. */
    public Behaviour listeningAfter(CountDownLatch latch) {
        return new Behaviour(program, untilAddress, untilListening, latch, exits);
    }

    /** Its address is known as late as that. */
    public Behaviour addressAfter(Duration delay) {
        return new Behaviour(program, delay, untilListening, mayListen, exits);
    }

    /** Ends with that status as soon as it has an address. */
    public static Behaviour exiting(int status) {
        return new Behaviour(Program.silent(), Duration.ZERO, Duration.ZERO, AT_ONCE, Optional.of(status));
    }
}
