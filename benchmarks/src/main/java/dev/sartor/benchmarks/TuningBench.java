package dev.sartor.benchmarks;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.DataFormat;
import dev.sartor.data.ExampleReader;
import dev.sartor.data.ReadRules;
import dev.sartor.generate.LanguageModel;
import dev.sartor.suite.python.PythonRandom;
import dev.sartor.tensor.machine.NativeMemory;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.trainer.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tuning benchmark: intents of Banking77 (PolyAI; train.csv and test.csv with `text,category`) learned with LoRA, the
/// same rows and the same work as a PEFT script does: the first rows after Python's `random.Random(0).shuffle`, the user's
/// turn the text, the assistant's the category with spaces for underscores, the loss on the assistant's turn alone. Test
/// rows are the first after `random.Random(1).shuffle`, answered in free text.
public final class TuningBench {
    private final LanguageModel model;
    private final Path banking77;

    public TuningBench(LanguageModel model, Path banking77) {
        this.model = model;
        this.banking77 = banking77;
    }

    /// @param tokensPerSecond tokens of the rows, prefixes counted in each, from the end of the first step on
    /// @param tokens of all rows of all epochs
    /// @param peakRssMib the most that the process held in memory until training ended; 0 where the system does not say
    /// @param accuracy the share of test rows answered with exactly the category; empty when none were asked
    public record Result(
            double tokensPerSecond,
            double seconds,
            int steps,
            long tokens,
            long peakRssMib,
            Optional<Double> accuracy,
            int test) {}

    /// @param examples how many training rows
    /// @param test how many test rows are answered afterwards; 0 for none
    public Result run(
            int examples, int test, TuneSettings settings, Path folder, Progress progress) {
        var rows = read("train.csv", 0, examples);
        var set = TrainingSet.of(rows.stream().map(this::row).toList(), settings.maxTokens());
        var around =
                Trainer.Surroundings.of(folder, Optional.empty(), progress, new Cancellation());
        var report = Trainer.texts(model.decoder(), model.name(), settings).train(set, around);
        var peak = NativeMemory.peakMib().orElse(0);
        var accuracy =
                test == 0
                        ? Optional.<Double>empty()
                        : Optional.of(accuracy(test, folder, progress));
        return new Result(
                report.tokensPerSecond(),
                report.seconds(),
                report.steps().size(),
                report.tokens(),
                peak,
                accuracy,
                test);
    }

    private double accuracy(int count, Path adapter, Progress progress) {
        var rows = read("test.csv", 1, count);
        var form = new AnswerForm.FreeText(16);
        try (var responder = model.responder(adapter)) {
            var questions = rows.stream().map(row -> Question.of(row, form)).toList();
            var answers = responder.answer(questions, progress);
            int right = 0;
            for (int i = 0; i < rows.size(); i++) {
                right += answers.get(i).text().equals(label(rows.get(i))) ? 1 : 0;
            }
            return (double) right / rows.size();
        }
    }

    private TrainingRow row(Example example) {
        var conversation =
                model.conversation(
                        List.of(Message.user(example.text()), Message.assistant(label(example))));
        return TrainingRow.answer(conversation.ids(), conversation.answerStart());
    }

    private List<Example> read(String file, int seed, int count) {
        var rules = ReadRules.any().withColumns("text", "category");
        var all =
                new ArrayList<>(
                        ExampleReader.read(banking77.resolve(file), DataFormat.TEXT_LABEL, rules)
                                .examples());
        new PythonRandom(seed).shuffle(all);
        return all.subList(0, Math.min(count, all.size()));
    }

    private static String label(Example example) {
        return example.reference().replace('_', ' ');
    }
}
