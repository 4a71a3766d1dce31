package dev.sartor.curate.span;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// One span for each place. The time is that of sorting.
public final class Overlaps {
    private Overlaps() {}

    /// In the order of the text, none overlapping another.
    ///
    /// @param precedence orders the spans that overlap: the first stays, and so on with those that do not overlap it
    public static <S extends Span> List<S> resolved(List<S> spans, Comparator<S> precedence) {
        var sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::start));
        var resolved = new ArrayList<S>();
        int from = 0;
        int end = 0;
        for (int i = 0; i < sorted.size(); i++) {
            if (i > from && sorted.get(i).start() >= end) {
                resolve(sorted.subList(from, i), precedence, resolved);
                from = i;
            }
            end = Math.max(end, sorted.get(i).end());
        }
        resolve(sorted.subList(from, sorted.size()), precedence, resolved);
        return List.copyOf(resolved);
    }

    /// @param chain spans of which each overlaps one before it
    private static <S extends Span> void resolve(
            List<S> chain, Comparator<S> precedence, List<S> resolved) {
        if (chain.size() == 1) {
            resolved.add(chain.getFirst());
            return;
        }
        var kept = new TreeMap<Integer, S>();
        for (var each : chain.stream().sorted(precedence).toList()) {
            // those kept are apart, so only the last that begins before the end may overlap
            var before = kept.lowerEntry(each.end());
            if (before == null || !before.getValue().overlaps(each)) {
                kept.put(each.start(), each);
            }
        }
        resolved.addAll(kept.values());
    }
}
