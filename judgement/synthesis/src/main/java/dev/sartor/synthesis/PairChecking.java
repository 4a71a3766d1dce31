package dev.sartor.synthesis;

import dev.sartor.core.Problems;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.synthesis.check.Checked;
import dev.sartor.synthesis.check.Claim;
import dev.sartor.synthesis.check.PairChecks;
import dev.sartor.synthesis.check.Passages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks pairs that were made elsewhere as those are checked that are made here.
record PairChecking(Passages passages, PairChecks checks, Progress progress) {
    static final String CHECKED = "checked.jsonl";

    private static final int BATCH = 64;

    /// @param file of the pairs
    /// @param out the folder of the result
    CheckingReport check(Path file, List<GivenPair> pairs, Path out) {
        var claims = claims(file, pairs);
        var lines = new StringBuilder();
        var checked = new ArrayList<Checked>();
        try (var step = progress.begin("checking pairs", pairs.size(), "pairs")) {
            for (int from = 0; from < claims.size(); from += BATCH) {
                var batch = claims.subList(from, Math.min(claims.size(), from + BATCH));
                checked.addAll(checks.check(batch));
                step.advance(batch.size());
            }
        }
        for (int i = 0; i < checked.size(); i++) {
            lines.append(line(pairs.get(i), checked.get(i))).append('\n');
        }
        var text = lines.toString();
        AtomicFile.write(
                out.resolve(CHECKED), to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
        var rejected = checked.stream().filter(each -> each.fault().isPresent()).toList();
        return new CheckingReport(
                pairs.size(),
                pairs.size() - rejected.size(),
                MadeFiles.faults(rejected),
                Map.of(CHECKED, Sha256.of(text)));
    }

    private List<Claim> claims(Path file, List<GivenPair> pairs) {
        var problems = new Problems();
        var claims = new ArrayList<Claim>();
        for (int i = 0; i < pairs.size(); i++) {
            var passage = pairs.get(i).passage(passages);
            if (passage.isEmpty()) {
                problems.add(
                        file + ", pair " + (i + 1),
                        "names a passage of "
                                + pairs.get(i).document()
                                + " that the documents do not have, or do not tell from others: \""
                                + pairs.get(i).quote()
                                + "\".");
            } else {
                claims.add(pairs.get(i).claim(passage.getAsInt()));
            }
        }
        problems.throwIfAny();
        return claims;
    }

    private String line(GivenPair pair, Checked checked) {
        var row = pair.row().deepCopy();
        var chunk = passages.chunk(checked.claim().passage());
        row.put("passage", chunk.indexed());
        MadeRow.putReaders(row, chunk.readers());
        row.put("kept", checked.fault().isEmpty());
        checked.fault()
                .ifPresent(
                        fault -> row.put("found_fault", fault.key()).put("reason", fault.reason()));
        row.put("probability_right", MadeRow.rounded(checked.right()));
        var features = row.putObject("features");
        checked.features()
                .values()
                .forEach((name, value) -> features.put(name, MadeRow.rounded(value)));
        return row.toString();
    }
}
