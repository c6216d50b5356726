package dev.rac.bench.plan;

import java.nio.file.Path;

/**
 * What a benchmark works with.
 *
 * @param scratch an empty directory, gone when all is measured
 * @param logs where servers write their logs
 * @param progress tells whoever waits what goes on
 */
public record Workplace(Effort effort, Path scratch, Path logs, Progress progress) {}
