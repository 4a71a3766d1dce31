package dev.sartor.retrieve.search;

import dev.sartor.core.Passage;
import dev.sartor.retrieve.split.TextSplitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Joins passages that follow one another in a document: the reader gets the text once, in its order.
public final class Neighbours {
    private Neighbours() {}

    /// Where a passage stands: chunks `first` to `last` of its document.
    private record Placed(Passage passage, int first, int last) {
        static Placed of(Passage passage) {
            int mark = passage.id().lastIndexOf('#');
            int number = Integer.parseInt(passage.id().substring(mark + 1));
            return new Placed(passage, number, number);
        }

        boolean isBefore(Placed other) {
            return last + 1 == other.first
                    && passage.document().equals(other.passage.document())
                    && passage.section().equals(other.passage.section())
                    && passage.readers().equals(other.passage.readers())
                    && passage.language().equals(other.passage.language());
        }

        /// The joint passage's id is `path#first-last`, its score the better of the two.
        Placed with(Placed next) {
            var joint =
                    new Passage(
                            passage.document() + "#" + first + "-" + next.last,
                            passage.document(),
                            passage.section(),
                            joined(passage.text(), next.passage.text()),
                            Math.max(passage.score(), next.passage.score()),
                            passage.readers(),
                            passage.pages().and(next.passage.pages()),
                            passage.language());
            return new Placed(joint, first, next.last);
        }
    }

    /// @param found passages as they were indexed, best first
    /// @return those of one section that follow one another as one, in the place of the best of them
    public static List<Passage> joined(List<Passage> found) {
        var rest =
                new ArrayList<>(
                        found.stream()
                                .map(Placed::of)
                                .sorted(
                                        Comparator.comparing((Placed p) -> p.passage().document())
                                                .thenComparingInt(Placed::first))
                                .toList());
        for (int i = 0; i + 1 < rest.size(); ) {
            if (rest.get(i).isBefore(rest.get(i + 1))) {
                rest.set(i, rest.get(i).with(rest.remove(i + 1)));
            } else {
                i++;
            }
        }
        return rest.stream()
                .sorted(Comparator.comparingInt(placed -> rank(placed, found)))
                .map(Placed::passage)
                .toList();
    }

    private static int rank(Placed placed, List<Passage> found) {
        for (int i = 0; i < found.size(); i++) {
            var each = Placed.of(found.get(i));
            if (each.passage().document().equals(placed.passage().document())
                    && each.first() >= placed.first()
                    && each.last() <= placed.last()) {
                return i;
            }
        }
        throw new IllegalStateException(placed + " was not found");
    }

    /// Sentences that the second repeats of the first's end stand once.
    private static String joined(String first, String second) {
        var sentences = TextSplitter.sentences(second);
        for (int shared = sentences.size(); shared > 0; shared--) {
            var repeated = String.join(" ", sentences.subList(0, shared));
            if (first.endsWith(repeated) && second.startsWith(repeated)) {
                return first + second.substring(repeated.length());
            }
        }
        return first + "\n\n" + second;
    }
}
