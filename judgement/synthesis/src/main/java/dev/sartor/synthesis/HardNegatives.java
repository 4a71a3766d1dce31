package dev.sartor.synthesis;

import dev.sartor.core.Embedder;
import dev.sartor.evaluate.ReferenceInPassage;
import dev.sartor.synthesis.check.Checked;
import dev.sartor.synthesis.check.Passages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Passages that are near a question and do not say its answer, which whoever may read the pair may read, too.
record HardNegatives(Passages passages, int each, Embedder embedder) {
    /// How far down its ranking a question's negatives are looked for.
    private static final int DEPTH = 30;

    /// A row for each negative; one without where there is none.
    List<ObjectNode> rows(List<Checked> pairs, MadeRow rows) {
        var made = new ArrayList<ObjectNode>();
        var vectors =
                pairs.isEmpty()
                        ? List.<float[]>of()
                        : embedder.embedQueries(
                                pairs.stream().map(one -> one.claim().pair().question()).toList());
        for (int i = 0; i < pairs.size(); i++) {
            var claim = pairs.get(i).claim();
            var positive = passages.chunk(claim.passage());
            var found = negatives(pairs.get(i), vectors.get(i));
            if (found.isEmpty()) {
                made.add(rows.retrieval(claim.pair().question(), positive, Optional.empty()));
            }
            for (int negative : found) {
                made.add(
                        rows.retrieval(
                                claim.pair().question(),
                                positive,
                                Optional.of(passages.chunk(negative))));
            }
        }
        return made;
    }

    private List<Integer> negatives(Checked pair, float[] question) {
        var own = passages.chunk(pair.claim().passage());
        var answer = List.of(pair.claim().pair().answer());
        return passages.nearest(question, DEPTH).stream()
                .filter(other -> other != pair.claim().passage())
                .filter(other -> !passages.chunk(other).text().equals(own.text()))
                .filter(other -> own.readers().includes(passages.chunk(other).readers()))
                .filter(other -> !ReferenceInPassage.isIn(passages.chunk(other).text(), answer))
                .limit(each)
                .toList();
    }
}
