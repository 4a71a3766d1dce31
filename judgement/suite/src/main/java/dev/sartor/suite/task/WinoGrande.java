package dev.sartor.suite.task;

import dev.sartor.suite.file.BenchmarkRow;
import dev.sartor.suite.file.Dataset;
import dev.sartor.suite.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// WinoGrande (Sakaguchi et al. 2020), by `winogrande/default.yaml`, version 1.0, and its `preprocess_winogrande.py`: how likely the
/// sentence's end is behind its beginning with either option in the blank.
record WinoGrande() implements BenchmarkTask {
    @Override
    public String name() {
        return "winogrande";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String file() {
        return "winogrande/default.yaml";
    }

    @Override
    public Dataset dataset() {
        return new Dataset(
                "allenai/winogrande (winogrande_xl)",
                "validation",
                "train",
                List.of("sentence", "option1", "option2", "answer"));
    }

    @Override
    public FewShotRule fewShotRule() {
        return FewShotRule.DRAWN_WITHOUT_ITEM;
    }

    @Override
    public String headline() {
        return "acc,none";
    }

    @Override
    public BenchmarkItem item(BenchmarkRow row) {
        var sentence = row.text("sentence");
        int blank = sentence.indexOf('_');
        if (blank < 0) {
            throw row.refused("sentence", "one with a blank, _, in it", sentence);
        }
        var answer = row.text("answer");
        if (!answer.equals("1") && !answer.equals("2")) {
            throw row.refused(
                    "answer", "\"1\" or \"2\" (the test split's are withheld)", "'" + answer + "'");
        }
        var begun = sentence.substring(0, blank);
        return new Item(
                new BenchmarkItem.Source(row.origin(), row.fields()),
                List.of(begun + row.text("option1"), begun + row.text("option2")),
                PythonText.strip(sentence.substring(blank + 1)),
                answer.equals("1") ? 0 : 1);
    }

    /// @param end the same behind both beginnings
    private record Item(Source source, List<String> beginnings, String end, int answer)
            implements BenchmarkItem.Scored {
        @Override
        public String solved() {
            return beginnings.get(answer) + " " + end;
        }

        @Override
        public List<Continuation> continuations(String before) {
            var continuations = new ArrayList<Continuation>();
            for (var beginning : beginnings) {
                continuations.add(new Continuation(before + beginning, " " + end));
            }
            return continuations;
        }

        @Override
        public Map<String, Double> metrics(double[] logLikelihoods, boolean[] greedy) {
            return Map.of("acc,none", Places.largest(logLikelihoods) == answer ? 1.0 : 0.0);
        }
    }
}
