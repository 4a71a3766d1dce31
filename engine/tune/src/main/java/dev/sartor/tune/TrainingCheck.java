package dev.sartor.tune;

import dev.sartor.core.Score;
import dev.sartor.model.network.LoraAdapter;
import java.util.List;
import java.util.Optional;

/// Measures the model as it is now by the task's metric on the validation split. Called on the trainer's own thread.
@FunctionalInterface
public interface TrainingCheck {
    /// @param adapter on which the training works; empty where the network itself is trained
    Score score(Optional<LoraAdapter> adapter);

    /// Tokens whose keys and values a measurement holds at most; 0 where nothing is decoded.
    ///
    /// @param longest tokens of the longest training row
    default long tokens(int longest) {
        return 0;
    }

    /// What the model answered to a few questions, at the score before.
    default List<AnswerSample> samples() {
        return List.of();
    }
}
