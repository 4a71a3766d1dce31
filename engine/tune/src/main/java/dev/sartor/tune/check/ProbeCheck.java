package dev.sartor.tune.check;

import dev.sartor.core.measure.Probe;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.TextScores;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tune.Ability;
import dev.sartor.tune.TuneWatch;
import java.nio.file.Path;
import java.util.Optional;

/// Measures general ability by a probe: how likely the right choices are among their questions' choices, and the perplexity
/// of its text. The texts are plain: they stand in no chat template.
public final class ProbeCheck implements AbilityCheck {
    private final LanguageModel model;
    private final Probe probe;

    public ProbeCheck(LanguageModel model, Probe probe) {
        this.model = model;
        this.probe = probe;
    }

    /// As a watch asks for it.
    ///
    /// @param file questions of the user's own; empty for Sartor's
    /// @return empty where everything may be forgotten
    public static Optional<AbilityCheck> of(
            LanguageModel model, TuneWatch watch, Optional<Path> file) {
        return probe(watch, file).map(probe -> new ProbeCheck(model, probe));
    }

    /// What is asked, as a watch asks for it.
    public static Optional<Probe> probe(TuneWatch watch, Optional<Path> file) {
        return watch.maxForgetting() < 1
                ? Optional.of(file.map(Probe::read).orElseGet(Probe::own))
                : Optional.empty();
    }

    @Override
    public Ability measure(Optional<LoraAdapter> adapter) {
        try (var scores = new TextScores(model, adapter)) {
            var found = ProbeScores.of(scores, probe);
            return new Ability(found.accuracy(), found.perplexity(), found.right());
        }
    }

    @Override
    public long tokens(int longest) {
        long tokens = count(probe.text());
        for (var question : probe.questions()) {
            tokens += count(question.query());
            tokens += question.choices().stream().mapToLong(this::count).sum();
        }
        return tokens;
    }

    private long count(String text) {
        return model.tokenizer().encode(text, false).length;
    }
}
