package dev.sartor.synthesis;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.synthesis.check.Checked;
import dev.sartor.synthesis.check.Passages;
import dev.sartor.synthesis.check.QuestionKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Writes what was made: the kept pairs as a task and as a retriever learn from them, the others with their reasons, and last the record.
///
/// @param out the folder
/// @param by the name of the model that made them
record MadeFiles(Path out, Passages passages, String by) {
    static final String PAIRS = "pairs.jsonl";
    static final String REJECTED = "rejected.jsonl";
    static final String RETRIEVAL = "retrieval.jsonl";

    /// @param record of the run, but for the files
    MakingReport write(
            PairMaking.Made made,
            HardNegatives negatives,
            Function<Map<String, String>, MakingReport> record) {
        var rows = new MadeRow(by);
        var files = new LinkedHashMap<String, String>();
        write(PAIRS, questions(made, rows), files);
        write(RETRIEVAL, negatives.rows(made.all(), rows), files);
        write(
                REJECTED,
                made.rejected().stream().map(each -> rows.rejected(each, chunk(each))).toList(),
                files);
        var report = record.apply(files);
        AtomicFile.write(out.resolve(MakingReport.RECORD), Json.pretty(report));
        return report;
    }

    private Chunk chunk(Checked each) {
        return passages.chunk(each.claim().passage());
    }

    /// Paraphrases are in the group of what they paraphrase, so that no split divides them.
    private List<ObjectNode> questions(PairMaking.Made made, MadeRow rows) {
        var questions = new ArrayList<ObjectNode>();
        for (int i = 0; i < made.kept().size(); i++) {
            var group = String.format(Locale.ROOT, "made-%05d", i + 1);
            var original = made.kept().get(i);
            questions.add(rows.question(group, original, chunk(original)).put("group", group));
            int number = 1;
            for (var other : made.paraphrases().getOrDefault(i, List.of())) {
                var id = group + "." + number++;
                questions.add(rows.question(id, other, chunk(other)).put("group", group));
            }
        }
        return questions;
    }

    private void write(String name, List<ObjectNode> rows, Map<String, String> files) {
        var text = new StringBuilder();
        rows.forEach(each -> text.append(each).append('\n'));
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(out.resolve(name), to -> to.write(bytes));
        files.put(name, Sha256.of(text.toString()));
    }

    /// How many pairs have which fault.
    static Map<String, Integer> faults(List<Checked> rejected) {
        var counts = new TreeMap<String, Integer>();
        rejected.forEach(each -> counts.merge(each.fault().orElseThrow().key(), 1, Integer::sum));
        return counts;
    }

    /// How many questions ask for what.
    static Map<String, Integer> kinds(List<Checked> kept) {
        var counts = new TreeMap<String, Integer>();
        for (var each : kept) {
            var kind = QuestionKind.of(each.claim().pair().question());
            counts.merge(kind.key(), 1, Integer::sum);
        }
        return counts;
    }

    /// Which share of the questions has a difficulty below a quarter, below a half, and above.
    static Map<String, Double> difficulty(List<Checked> kept) {
        var shares = new LinkedHashMap<String, Double>();
        shares.put("easy", share(kept, 0, 0.25));
        shares.put("medium", share(kept, 0.25, 0.5));
        shares.put("hard", share(kept, 0.5, Double.POSITIVE_INFINITY));
        return shares;
    }

    private static double share(List<Checked> kept, double from, double below) {
        long count =
                kept.stream()
                        .mapToDouble(Checked::difficulty)
                        .filter(each -> each >= from && each < below)
                        .count();
        return kept.isEmpty() ? 0 : MadeRow.rounded((double) count / kept.size());
    }
}
