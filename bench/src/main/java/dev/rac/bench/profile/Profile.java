package dev.rac.bench.profile;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;

/**
 * Where a JVM's time went, by samples of its threads' stacks.
 *
 * @param areas the parts of the program, those with most first
 * @param methods the innermost methods, those with most first
 * @param collections how often garbage was collected
 * @param longestPause for which a collection stopped the program
 * @param allPauses the sum of those
 */
public record Profile(
        List<Share> areas, List<Share> methods, int collections, Duration longestPause, Duration allPauses) {

    /**
     * A part of the time.
     *
     * @param share 0 to 1
     */
    public record Share(String name, double share) {}

    static Profile of(List<RecordedEvent> events) {
        List<List<RecordedFrame>> stacks = stacks(events, "jdk.CPUTimeSample");
        if (stacks.isEmpty()) {
            stacks = stacks(events, "jdk.ExecutionSample");
        }
        List<RecordedEvent> collections = named(events, "jdk.GarbageCollection").toList();
        return new Profile(
                shares(stacks.stream().map(Profile::area)),
                shares(stacks.stream().map(stack -> method(stack.getFirst()))),
                collections.size(),
                collections.stream()
                        .map(collection -> collection.getDuration("longestPause"))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                collections.stream()
                        .map(collection -> collection.getDuration("sumOfPauses"))
                        .reduce(Duration.ZERO, Duration::plus));
    }

    private static Stream<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals(name));
    }

    private static List<List<RecordedFrame>> stacks(List<RecordedEvent> events, String name) {
        return named(events, name)
                .filter(event -> event.getStackTrace() != null)
                .map(event -> event.getStackTrace().getFrames())
                .filter(frames -> !frames.isEmpty())
                .toList();
    }

    private static String area(List<RecordedFrame> stack) {
        return Area.of(stack.stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList());
    }

    private static String method(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    private static List<Share> shares(Stream<String> samples) {
        Map<String, Integer> counts = new HashMap<>();
        samples.forEach(name -> counts.merge(name, 1, Integer::sum));
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.entrySet().stream()
                .map(entry -> new Share(entry.getKey(), entry.getValue() / all))
                .sorted(Comparator.comparingDouble(Share::share).reversed().thenComparing(Share::name))
                .toList();
    }
}
