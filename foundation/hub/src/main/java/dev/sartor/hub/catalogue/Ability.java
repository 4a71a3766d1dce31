package dev.sartor.hub.catalogue;

import dev.sartor.core.SartorException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a model is good for before anything is tuned.
public enum Ability {
    /// Answers a conversation.
    CHAT,
    /// Follows an instruction, one text in and one out.
    INSTRUCT,
    /// Goes on with a text; to be tuned.
    TEXT,
    /// Puts texts into classes once it is tuned.
    CLASSIFICATION,
    /// Turns texts into vectors.
    EMBEDDING,
    /// Reads 32,000 tokens or more at once.
    LONG_CONTEXT;

    static final int LONG = 32_000;

    /// As the command line and JSON have it, such as `long-context`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws SartorException a user's error that names the choices
    public static Ability named(String word) {
        return Arrays.stream(values())
                .filter(a -> a.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        SartorException.user(
                                "needs must be among "
                                        + Arrays.stream(values())
                                                .map(Ability::word)
                                                .collect(Collectors.joining(", "))
                                        + ", got "
                                        + word));
    }
}
