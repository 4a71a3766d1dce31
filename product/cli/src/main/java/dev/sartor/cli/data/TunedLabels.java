package dev.sartor.cli.data;

import dev.sartor.cli.console.TemporaryFolder;
import dev.sartor.cli.option.Composition;
import dev.sartor.compare.approach.TuningRequest;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.label.LabelTuner;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.model.file.Networks;
import dev.sartor.project.setting.EncoderSettings;
import dev.sartor.project.setting.TuningCare;
import dev.sartor.project.setting.TuningSettings;
import dev.sartor.training.LocalEngines;
import dev.sartor.tune.TooLong;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Fine-tunes an encoder on labelled texts. Nothing is left of a training once its texts are judged.
final class TunedLabels implements LabelTuner {
    private static final int HELD_OUT = 10;

    private final Composition composition;
    private final Use use;
    private final String model;
    private final Cancellation cancellation;

    TunedLabels(Composition composition, Use use, String model, Cancellation cancellation) {
        this.composition = composition;
        this.use = use;
        this.model = model;
        this.cancellation = cancellation;
    }

    @Override
    public double[][] probabilities(
            List<String> texts,
            List<String> labels,
            List<String> names,
            List<String> asked,
            long seed) {
        var console = composition.console();
        try (var folder = TemporaryFolder.create("labels");
                var engines =
                        new LocalEngines(
                                composition.hub(use),
                                console,
                                Precision.BF16,
                                composition.weights())) {
            if (engines.kind(model) != Networks.Kind.ENCODER) {
                throw SartorException.user(
                        "wrong_labels.tuned must be an encoder, such as all-minilm-l6-v2, got "
                                + model
                                + ", which writes text.");
            }
            // Every tenth row says which epoch is kept.
            var train = new ArrayList<Example>();
            var held = new ArrayList<Example>();
            for (int i = 0; i < texts.size(); i++) {
                var to = i % HELD_OUT == HELD_OUT - 1 ? held : train;
                to.add(example(i, texts.get(i), labels.get(i)));
            }
            var form = new AnswerForm.OneOf(names);
            var out = folder.path().resolve("trained");
            engines.tune(
                            request(train, names, seed, out),
                            responder -> accuracy(responder, held, form),
                            console,
                            cancellation)
                    .said()
                    .forEach(console::say);
            var questions =
                    IntStream.range(0, asked.size())
                            .mapToObj(i ->
                                    Question.of(example(i, asked.get(i), names.getFirst()), form))
                            .toList();
            try (var responder = engines.tuned(model, out)) {
                return judged(responder, questions, names);
            }
        }
    }

    /// Texts that are longer than the model reads are not judged: all labels are as probable.
    private double[][] judged(Responder responder, List<Question> questions, List<String> names) {
        var judged = new double[questions.size()][names.size()];
        var fitting =
                IntStream.range(0, questions.size())
                        .filter(i -> responder.room(questions.get(i)).orElse(0) >= 0)
                        .toArray();
        for (var row : judged) {
            Arrays.fill(row, 1.0 / names.size());
        }
        if (fitting.length < judged.length) {
            composition
                    .console()
                    .say(
                            (judged.length - fitting.length)
                                    + " texts are longer than "
                                    + model
                                    + " reads, and were not judged by it.");
        }
        var answers =
                responder.answer(
                        Arrays.stream(fitting).mapToObj(questions::get).toList(),
                        Progress.silent());
        for (int i = 0; i < fitting.length; i++) {
            judged[fitting[i]] = probabilities(answers.get(i).labelScores(), names);
        }
        return judged;
    }

    private TuningRequest request(List<Example> train, List<String> names, long seed, Path folder) {
        var settings = EncoderSettings.usual().tuning(TuningSettings.usual());
        return new TuningRequest(
                model,
                train,
                names,
                settings,
                seed,
                new TuningCare(
                        Optional.of(TooLong.DROP),
                        settings.watch().recipe(),
                        Optional.empty(),
                        List.of()),
                folder);
    }

    private static Example example(int number, String text, String label) {
        return new Example(
                String.valueOf(number),
                List.of(Message.user(text)),
                List.of(label),
                Readers.everyone(),
                new Origin("rows", number + 1));
    }

    private static Score accuracy(
            Responder responder, List<Example> examples, AnswerForm.OneOf form) {
        var answers =
                responder.answer(
                        examples.stream().map(each -> Question.of(each, form)).toList(),
                        Progress.silent());
        int right = 0;
        for (int i = 0; i < examples.size(); i++) {
            right += answers.get(i).text().equals(examples.get(i).references().getFirst()) ? 1 : 0;
        }
        double share = examples.isEmpty() ? 0 : (double) right / examples.size();
        return new Score("accuracy", share, share, share, examples.size());
    }

    private static double[] probabilities(Map<String, Double> scores, List<String> names) {
        return names.stream()
                .mapToDouble(name -> Math.exp(scores.getOrDefault(name, Double.NEGATIVE_INFINITY)))
                .toArray();
    }
}
