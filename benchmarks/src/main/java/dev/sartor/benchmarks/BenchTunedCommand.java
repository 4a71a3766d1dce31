package dev.sartor.benchmarks;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Example;
import dev.sartor.core.Json;
import dev.sartor.core.measure.MeanLoss;
import dev.sartor.core.measure.Probe;
import dev.sartor.data.DataFormat;
import dev.sartor.data.ExampleReader;
import dev.sartor.data.ReadRules;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Precision;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tuned",
        description = {
            "Hold a tuned adapter against the model without it.",
            "The loss of held-out answers, and what was forgotten, by multiple-choice questions and the perplexity of a page of prose."
        },
        footer = {
            "",
            "Example: sartor bench tuned --model smollm2-135m-instruct --adapter helpdesk/runs/adapters/route-1a2b3c4d --rows held-out.jsonl"
        })
final class BenchTunedCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin BenchedModel model = new BenchedModel();

    @Option(
            names = "--adapter",
            paramLabel = "DIR",
            required = true,
            description = "A PEFT directory.")
    Path adapter = Path.of("");

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description =
                    "Held-out examples, in any form that tasks have; their answers' loss is measured.")
    @Nullable Path rows;

    @Option(
            names = "--probe",
            paramLabel = "FILE",
            description =
                    "Questions: JSONL with query, choices and gold (default: Sartor's own hundred).")
    @Nullable Path probe;

    BenchTunedCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var questions = probe == null ? Probe.own() : Probe.read(probe);
        var examples =
                rows == null
                        ? List.<Example>of()
                        : ExampleReader.read(rows, DataFormat.AUTO, ReadRules.any()).examples();
        var files = model.files(composition);
        try (var loaded =
                LanguageModel.open(model.name, files, Precision.BF16, Clock.systemUTC())) {
            var effect = AdapterEffect.of(loaded, adapter, questions, examples);
            var fields = fields(effect, questions.questions().size());
            composition.console().print(model.json ? Json.line(fields) : text(effect));
        }
        return 0;
    }

    private static Map<String, Object> fields(AdapterEffect effect, int questions) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("questions", questions);
        fields.put("right_choice", fields(effect.rightChoice()));
        fields.put("accuracy", fields(effect.accuracy()));
        fields.put("perplexity", fields(effect.perplexity()));
        effect.answers()
                .ifPresent(answers -> {
                    fields.put("rows", answers.rows());
                    fields.put("answer_tokens", answers.tokens());
                    fields.put("loss", fields(answers.loss()));
                });
        return fields;
    }

    private static Map<String, Object> fields(AdapterEffect.Pair pair) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("before", rounded(pair.before()));
        fields.put("after", rounded(pair.after()));
        pair.lost()
                .ifPresent(lost -> {
                    fields.put("less_by", rounded(lost.mean()));
                    fields.put("less_by_low", rounded(lost.low()));
                    fields.put("less_by_high", rounded(lost.high()));
                });
        return fields;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }

    private static String text(AdapterEffect effect) {
        var lines = new StringBuilder();
        effect.answers()
                .ifPresent(answers ->
                        lines.append(
                                line(
                                        "loss of "
                                                + answers.rows()
                                                + " held-out answers, nats a token",
                                        answers.loss())));
        lines.append(line("probability of the right choice", effect.rightChoice()));
        lines.append(line("right choices", effect.accuracy()));
        return lines + line("perplexity of prose", effect.perplexity()).stripTrailing();
    }

    private static String line(String what, AdapterEffect.Pair pair) {
        return String.format(
                Locale.ROOT,
                "%s: %.4f without, %.4f with the adapter%s%n",
                what,
                pair.before(),
                pair.after(),
                pair.lost().map(BenchTunedCommand::lost).orElse(""));
    }

    private static String lost(MeanLoss lost) {
        return String.format(
                Locale.ROOT,
                "; less by %.4f (95 %%: %.4f to %.4f)",
                lost.mean(),
                lost.low(),
                lost.high());
    }
}
