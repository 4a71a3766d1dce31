package dev.sartor.compare.approach;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What stands in the model's place for a candidate that asks none.
final class NoModel implements Responder {
    private final Optional<Path> trained;

    /// @param trained the folder of what was trained for the candidate
    NoModel(Optional<Path> trained) {
        this.trained = trained;
    }

    Optional<Path> trained() {
        return trained;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        throw asked();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        throw asked();
    }

    private static SartorException asked() {
        return SartorException.defect("a candidate without a model asked one");
    }

    @Override
    public void close() {}
}
