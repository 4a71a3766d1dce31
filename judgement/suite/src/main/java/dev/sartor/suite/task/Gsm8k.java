package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Grade-school mathematics, GSM8K (Cobbe et al. 2021), by `gsm8k/gsm8k.yaml`, version 3.0: five examples, and an answer of at most 256
/// tokens (lm-eval's `max_gen_toks`) in which a number is looked for in two ways.
record Gsm8k() implements BenchmarkTask {
    private static final int MOST = 256;
    private static final List<String> STOPS = List.of("Question:", "</s>", "<|im_end|>");

    @Override
    public String name() {
        return "gsm8k";
    }

    @Override
    public String version() {
        return "3.0";
    }

    @Override
    public String file() {
        return "gsm8k/gsm8k.yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset("openai/gsm8k (main)", "test", "train", List.of("question", "answer"));
    }

    @Override
    public FewShotRule fewShotRule() {
        return FewShotRule.DRAWN;
    }

    @Override
    public int usualFewShot() {
        return 5;
    }

    @Override
    public String headline() {
        return "exact_match,flexible-extract";
    }

    @Override
    public BenchmarkItem item(BenchmarkRow row) {
        var answer = row.text("answer");
        if (!answer.contains("#### ")) {
            throw row.refused("answer", "a solution that ends in '#### ' and a number", answer);
        }
        return new Item(
                new BenchmarkItem.Source(row.origin(), row.fields()),
                "Question: " + row.text("question") + "\nAnswer:",
                answer);
    }

    private record Item(Source source, String text, String answer)
            implements BenchmarkItem.Written {
        @Override
        public String solved() {
            return text + " " + answer;
        }

        @Override
        public String prompt(String before) {
            return before + text;
        }

        @Override
        public List<String> stops() {
            return STOPS;
        }

        @Override
        public int most() {
            return MOST;
        }

        @Override
        public Map<String, String> answers(String written) {
            var answers = new LinkedHashMap<String, String>();
            answers.put("strict-match", NumberAnswers.strict(written));
            answers.put("flexible-extract", NumberAnswers.flexible(written));
            return answers;
        }

        @Override
        public Map<String, Double> metrics(Map<String, String> answers) {
            var metrics = new LinkedHashMap<String, Double>();
            answers.forEach((way, found) ->
                    metrics.put(
                            "exact_match," + way,
                            NumberAnswers.areSame(found, answer) ? 1.0 : 0.0));
            return metrics;
        }
    }
}
