package dev.sartor.core.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Commands as a shell reads them, for messages that name the next one.
public final class CommandLineText {
    private CommandLineText() {}

    public static String of(List<String> args) {
        return Stream.concat(Stream.of("sartor"), args.stream())
                .map(CommandLineText::quoted)
                .collect(Collectors.joining(" "));
    }

    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
