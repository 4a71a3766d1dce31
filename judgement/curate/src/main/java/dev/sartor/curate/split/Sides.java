package dev.sartor.curate.split;

import dev.sartor.core.Split;
import java.util.List;
import java.util.Locale;

/// The splits by number, in which the arrays of this package count them.
final class Sides {
    static final List<Split> ALL = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);
    static final int TRAIN = 0;
    static final int VALIDATION = 1;
    static final int TEST = 2;

    private Sides() {}

    static int number(Split split) {
        return switch (split) {
            case TRAIN -> TRAIN;
            case VALIDATION -> VALIDATION;
            case TEST -> TEST;
        };
    }

    static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }
}
