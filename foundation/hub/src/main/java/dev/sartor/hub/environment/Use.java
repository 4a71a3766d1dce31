package dev.sartor.hub.environment;

import dev.sartor.core.SartorException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the user says the model will be used for; licences are held against it.
public enum Use {
    PERSONAL,
    RESEARCH,
    COMMERCIAL;

    /// As it stands in a project file: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws SartorException a user's error that names the choices
    public static Use named(String word) {
        return Arrays.stream(values())
                .filter(u -> u.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        SartorException.user(
                                "use must be one of "
                                        + Arrays.stream(values())
                                                .map(Use::word)
                                                .collect(Collectors.joining(", "))
                                        + ", got "
                                        + word
                                        + ": it says which licences allow what you do"));
    }
}
