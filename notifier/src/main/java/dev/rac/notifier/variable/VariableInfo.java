package dev.rac.notifier.variable;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be told of a variable.
 *
 * @param setBy who set its value, empty for anonymous
 * @param problem why it cannot be read, and so not be given to an app; empty: it can
 */
public record VariableInfo(String name, Optional<String> setBy, Instant setAt, Optional<String> problem) {}
