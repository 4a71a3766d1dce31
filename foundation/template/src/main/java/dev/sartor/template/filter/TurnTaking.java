package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.Optional;

/// `cycler` and `joiner`: functions that answer differently from call to call.
public final class TurnTaking {
    private TurnTaking() {}

    /// An object whose `next()` gives one value after the other, round and round; `current` is the one to come next.
    public static Value cycler(Run run, Arguments arguments) {
        var choices = arguments.positional();
        if (choices.isEmpty()) {
            throw new Fault("'cycler' needs at least one value");
        }
        var position = new int[1];
        return new Function(
                "cycler",
                (_, _) -> {
                    throw new Fault("a cycler cannot be called; call its 'next'");
                },
                name ->
                        switch (name) {
                            case "current" -> Optional.of(choices.get(position[0]));
                            case "next" ->
                                    Optional.of(
                                            new Function(
                                                    name,
                                                    (_, _) ->
                                                            choices.get(
                                                                    turned(
                                                                            position,
                                                                            choices.size()))));
                            case "reset" ->
                                    Optional.of(
                                            new Function(
                                                    name,
                                                    (_, _) -> {
                                                        position[0] = 0;
                                                        return Value.None.NONE;
                                                    }));
                            default -> Optional.empty();
                        });
    }

    private static int turned(int[] position, int size) {
        int now = position[0];
        position[0] = (now + 1) % size;
        return now;
    }

    /// A function that gives nothing the first time and the separator from then on.
    public static Value joiner(Run run, Arguments arguments) {
        var separator = arguments.bind("joiner", "sep").text(0, ", ");
        var isFirst = new boolean[] {true};
        return new Function(
                "joiner",
                (_, _) -> {
                    var result = isFirst[0] ? Text.EMPTY : separator;
                    isFirst[0] = false;
                    return result;
                });
    }
}
