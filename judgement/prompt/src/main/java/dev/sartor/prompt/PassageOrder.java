package dev.sartor.prompt;

import java.util.List;

/// Where the best passage stands in a prompt. Models read the middle of a long prompt worst, and small ones what is far from
/// the question (Liu et al. 2023, "Lost in the Middle").
public enum PassageOrder {
    /// Directly below the instruction.
    BEST_FIRST,
    /// Directly above the question.
    BEST_LAST;

    <T> List<T> of(List<T> bestFirst) {
        return switch (this) {
            case BEST_FIRST -> bestFirst;
            case BEST_LAST -> bestFirst.reversed();
        };
    }
}
