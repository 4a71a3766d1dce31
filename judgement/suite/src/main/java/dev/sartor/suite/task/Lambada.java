package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// LAMBADA's last words (Paperno et al. 2016) in OpenAI's form, by `lambada/lambada_openai.yaml`, version 1.0: how likely the last word
/// is, and whether the model would say it itself. Its few-shot examples come from the rows that are measured.
record Lambada() implements BenchmarkTask {
    @Override
    public String name() {
        return "lambada_openai";
    }

    @Override
    public List<String> otherNames() {
        return List.of("lambada");
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String file() {
        return "lambada/lambada_openai.yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset("EleutherAI/lambada_openai", "test", "test", List.of("text"));
    }

    @Override
    public FewShotRule fewShotRule() {
        return FewShotRule.DRAWN;
    }

    @Override
    public String headline() {
        return "acc,none";
    }

    @Override
    public BenchmarkItem item(BenchmarkRow row) {
        var text = row.text("text");
        int blank = text.lastIndexOf(' ');
        if (blank < 0) {
            throw row.refused("text", "words with a blank before the last", text);
        }
        return new Item(
                new BenchmarkItem.Source(row.origin(), row.fields()),
                text.substring(0, blank),
                text.substring(blank));
    }

    /// @param word the last, with the blank before it
    private record Item(Source source, String text, String word) implements BenchmarkItem.Scored {
        /// Two blanks: lm-eval puts one between text and word, which has one already.
        @Override
        public String solved() {
            return text + " " + word;
        }

        @Override
        public List<Continuation> continuations(String before) {
            return List.of(new Continuation(before + text, word));
        }

        /// The perplexity's part is the log-likelihood.
        @Override
        public Map<String, Double> metrics(double[] logLikelihoods, boolean[] greedy) {
            var metrics = new LinkedHashMap<String, Double>();
            metrics.put("perplexity,none", logLikelihoods[0]);
            metrics.put("acc,none", greedy[0] ? 1.0 : 0.0);
            return metrics;
        }
    }
}
