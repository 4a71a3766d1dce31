package dev.sartor.tokenizer.subword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// The merges that sentencepiece's scores amount to: two tokens merge when their texts together are a token, the one
/// with the highest score first.
public final class ScoredMerges {
    private ScoredMerges() {}

    /// @param usable which tokens may be merged and come out of a merge
    public static MergeTable of(Vocabulary vocabulary, double[] scores, IntPredicate usable) {
        var ordered = new TreeSet<Double>();
        for (double score : scores) {
            ordered.add(-score);
        }
        var ranks = ordered.stream().mapToDouble(Double::doubleValue).toArray();
        var found = new ArrayList<int[]>();
        for (int id = 0; id < scores.length; id++) {
            var token = vocabulary.token(id);
            int rank = Arrays.binarySearch(ranks, -scores[id]);
            for (int cut = 1; usable.test(id) && cut < token.length(); cut++) {
                var left = vocabulary.id(token.substring(0, cut));
                var right = vocabulary.id(token.substring(cut));
                if (left.isPresent()
                        && right.isPresent()
                        && usable.test(left.getAsInt())
                        && usable.test(right.getAsInt())) {
                    found.add(new int[] {left.getAsInt(), right.getAsInt(), rank, id});
                }
            }
        }
        var merges = new MergeTable(found.size());
        found.forEach(merge -> merges.put(merge[0], merge[1], merge[2], merge[3]));
        return merges;
    }
}
