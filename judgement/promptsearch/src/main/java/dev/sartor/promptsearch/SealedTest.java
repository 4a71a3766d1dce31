package dev.sartor.promptsearch;

import dev.sartor.core.Example;
import dev.sartor.core.Split;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.Scores;
import dev.sartor.promptsearch.answer.Answers;
import dev.sartor.promptsearch.answer.SearchedPrompt;
import java.util.List;
import java.util.Optional;

/// The search's one look at the test examples: the prompt that it found and the one that it began with answer them, side by side.
final class SealedTest {
    private static final int CHUNK = 16;

    private final Metric metric;
    private final List<Example> test;
    private final Answers answers;
    private final Progress progress;

    SealedTest(Metric metric, List<Example> test, Answers answers, Progress progress) {
        this.metric = metric;
        this.test = test;
        this.answers = answers;
        this.progress = progress;
    }

    /// Empty where the budget ends before all is answered; what was answered is kept.
    ///
    /// @param onValidation how much the found one gained there
    /// @param looks how often the test examples have been looked at, this time included
    Optional<TestGain> run(
            SearchedPrompt start, SearchedPrompt found, double onValidation, int looks) {
        try (var step =
                progress.begin("testing the prompt that was found", test.size(), "answers")) {
            for (int from = 0; from < test.size(); from += CHUNK) {
                var chunk = test.subList(from, Math.min(from + CHUNK, test.size()));
                if (!answers.ask(start, Split.TEST, chunk)
                        || !answers.ask(found, Split.TEST, chunk)) {
                    return Optional.empty();
                }
                step.advance(chunk.size());
            }
        }
        var before = answers.predictions(start, Split.TEST, test);
        var after = answers.predictions(found, Split.TEST, test);
        var gain = PairedComparison.of(metric, after, before);
        return Optional.of(
                new TestGain(
                        Scores.score(metric, before),
                        Scores.score(metric, after),
                        gain,
                        onValidation > 0
                                ? Optional.of(gain.difference() / onValidation)
                                : Optional.empty(),
                        looks));
    }
}
