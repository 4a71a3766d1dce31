package dev.sartor.benchmarks;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.measure.MeanLoss;
import dev.sartor.core.measure.Probe;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.TextScores;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tune.Ability;
import dev.sartor.tune.check.ProbeScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What an adapter changed, on the same questions and answers without it and with it.
///
/// @param rightChoice how likely the right choices are among their questions' choices
/// @param accuracy whether the right choice is the likeliest
/// @param perplexity of the probe's text
/// @param answers the loss of held-out answers; empty where none were given
public record AdapterEffect(
        Pair rightChoice, Pair accuracy, Pair perplexity, Optional<Answers> answers) {
    /// @param lost how much less it is after, paired
    public record Pair(double before, double after, Optional<MeanLoss> lost) {
        private static Pair of(List<Double> before, List<Double> after) {
            double[] then = Ability.array(before);
            double[] now = Ability.array(after);
            return new Pair(mean(then), mean(now), Optional.of(MeanLoss.of(then, now)));
        }
    }

    /// @param loss −log p of the answers' tokens, in nats, the mean over all of them; its interval is that of the rows' own means
    public record Answers(int rows, long tokens, Pair loss) {}

    private record Found(ProbeScores probe, double[] answers) {}

    /// @param adapter a PEFT folder
    /// @param rows whose answers are read; may be none
    public static AdapterEffect of(
            LanguageModel model, Path adapter, Probe probe, List<Example> rows) {
        var answered = rows.stream().map(row -> answered(model, row)).toList();
        var before = found(model, Optional.empty(), probe, answered);
        try (var used = model.adapter(adapter)) {
            var after = found(model, Optional.of(used), probe, answered);
            return new AdapterEffect(
                    Pair.of(before.probe().right(), after.probe().right()),
                    Pair.of(before.probe().best(), after.probe().best()),
                    new Pair(
                            before.probe().perplexity(),
                            after.probe().perplexity(),
                            Optional.empty()),
                    answers(answered, before.answers(), after.answers()));
        }
    }

    private static TextScores.Answered answered(LanguageModel model, Example row) {
        var turns = new ArrayList<>(row.input());
        turns.add(Message.assistant(row.reference()));
        var conversation = model.conversation(turns);
        return new TextScores.Answered(conversation.ids(), conversation.answerStart());
    }

    private static Found found(
            LanguageModel model,
            Optional<LoraAdapter> adapter,
            Probe probe,
            List<TextScores.Answered> rows) {
        try (var scores = new TextScores(model, adapter)) {
            return new Found(ProbeScores.of(scores, probe), scores.answers(rows));
        }
    }

    private static Optional<Answers> answers(
            List<TextScores.Answered> rows, double[] before, double[] after) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        long tokens = 0;
        double then = 0;
        double now = 0;
        double[] means = new double[rows.size()];
        double[] meansNow = new double[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            int own = rows.get(i).ids().length - rows.get(i).start();
            tokens += own;
            then -= before[i];
            now -= after[i];
            means[i] = -before[i] / own;
            meansNow[i] = -after[i] / own;
        }
        var loss = new Pair(then / tokens, now / tokens, Optional.of(MeanLoss.of(means, meansNow)));
        return Optional.of(new Answers(rows.size(), tokens, loss));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
