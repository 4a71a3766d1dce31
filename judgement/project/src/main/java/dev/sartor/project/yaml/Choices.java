package dev.sartor.project.yaml;

import dev.sartor.core.SartorException;
import java.util.List;

/// Numbers for validation to choose among.
public final class Choices {
    private Choices() {}

    /// The choices without repeats, smallest first: where two are as good, the earlier one is kept and is the cheaper.
    public static List<Integer> of(List<Integer> choices, String key) {
        if (choices.isEmpty()) {
            throw SartorException.user(key + " must name at least one number, such as [4].");
        }
        return choices.stream().distinct().sorted().toList();
    }
}
