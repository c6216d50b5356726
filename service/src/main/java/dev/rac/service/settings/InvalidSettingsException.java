package dev.rac.service.settings;

import java.util.List;

/** Thrown when settings are wrong or missing; its message has one line for each of them. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingsException(List<String> errors) {
        super(String.join(System.lineSeparator(), errors));
    }
}
