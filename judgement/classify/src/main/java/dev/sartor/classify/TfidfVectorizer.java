package dev.sartor.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Texts as vectors of their terms' weights: (1 + ln of how often a term occurs) · (ln((1 + texts) / (1 + texts with the term)) + 1),
/// scaled to unit length, which is scikit-learn's TfidfVectorizer with sublinear_tf and smooth_idf.
///
/// Safe for concurrent callers.
final class TfidfVectorizer {
    /// Beyond so many different terms those that were seen once so far are forgotten: what is rare at first and frequent later is
    /// counted from then on.
    private static final int MOST_SEEN = 1_000_000;

    private final Terms terms;
    private final Map<String, Integer> places;
    private final double[] inverse;

    private TfidfVectorizer(Terms terms, List<Map.Entry<String, Integer>> kept, int texts) {
        this.terms = terms;
        this.places = HashMap.newHashMap(kept.size());
        this.inverse = new double[kept.size()];
        for (int i = 0; i < kept.size(); i++) {
            places.put(kept.get(i).getKey(), i);
            inverse[i] = Math.log((1.0 + texts) / (1.0 + kept.get(i).getValue())) + 1;
        }
    }

    /// Learns terms and how many texts have them.
    ///
    /// @param least of the texts that must have a term
    /// @param most terms, of which the most frequent stay
    static TfidfVectorizer fit(Terms terms, List<String> texts, int least, int most) {
        var counts = new HashMap<String, Integer>();
        for (var text : texts) {
            var own = new HashSet<String>();
            terms.each(text, own::add);
            own.forEach(term -> counts.merge(term, 1, Integer::sum));
            if (counts.size() > MOST_SEEN) {
                counts.values().removeIf(count -> count == 1);
            }
        }
        var kept = new ArrayList<>(counts.entrySet());
        kept.removeIf(entry -> entry.getValue() < least);
        kept.sort(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()));
        return new TfidfVectorizer(
                terms, kept.subList(0, Math.min(most, kept.size())), texts.size());
    }

    int size() {
        return inverse.length;
    }

    /// Of a term, from 0; null where it is not known.
    @Nullable Integer place(String term) {
        return places.get(term);
    }

    /// @param from of the first term's place
    SparseRow of(String text, int from) {
        var counts = new HashMap<Integer, Integer>();
        terms.each(
                text,
                term -> {
                    var place = place(term);
                    if (place != null) {
                        counts.merge(place, 1, Integer::sum);
                    }
                });
        var at = counts.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        var weights =
                Arrays.stream(at)
                        .mapToDouble(place -> weight(place, counts.getOrDefault(place, 0)))
                        .toArray();
        double length = Math.sqrt(Arrays.stream(weights).map(each -> each * each).sum());
        var values = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            values[i] = (float) (weights[i] / length);
            at[i] += from;
        }
        return new SparseRow(at, values);
    }

    private double weight(int place, int count) {
        return (1 + Math.log(count)) * inverse[place];
    }
}
