package dev.sartor.tokenizer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// A text cut into matches of some pattern and what lies between them. Not thread-safe.
public final class Cuts {
    /// What becomes of the matches (the names are those of tokenizer.json).
    public enum Behavior {
        REMOVED,
        ISOLATED,
        MERGED_WITH_PREVIOUS,
        MERGED_WITH_NEXT,
        CONTIGUOUS;

        public static Optional<Behavior> named(String name) {
            var upper = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
            for (var behavior : values()) {
                if (behavior.name().equals(upper)) {
                    return Optional.of(behavior);
                }
            }
            return Optional.empty();
        }
    }

    private record Cut(int start, int end, boolean match) {}

    private final AlignedText text;
    private final List<Cut> cuts = new ArrayList<>();
    private int done;

    Cuts(AlignedText text) {
        this.text = text;
    }

    /// Matches are given from left to right.
    void match(int start, int end) {
        if (done < start) {
            cuts.add(new Cut(done, start, false));
        }
        if (start < end) {
            cuts.add(new Cut(start, end, true));
        }
        done = end;
    }

    void send(Behavior behavior, boolean invert, Consumer<AlignedText> words) {
        if (done < text.length()) {
            cuts.add(new Cut(done, text.length(), false));
        }
        var pieces =
                invert
                        ? cuts.stream()
                                .map(cut -> new Cut(cut.start(), cut.end(), !cut.match()))
                                .toList()
                        : List.copyOf(cuts);
        for (var piece : together(pieces, behavior)) {
            words.accept(text.slice(piece.start(), piece.end()));
        }
    }

    private static List<Cut> together(List<Cut> pieces, Behavior behavior) {
        return switch (behavior) {
            case ISOLATED -> pieces;
            case REMOVED -> pieces.stream().filter(piece -> !piece.match()).toList();
            case CONTIGUOUS -> joined(pieces, (before, piece) -> before.match() == piece.match());
            case MERGED_WITH_PREVIOUS ->
                    joined(pieces, (before, piece) -> piece.match() && !before.match());
            case MERGED_WITH_NEXT ->
                    joined(pieces, (before, piece) -> before.match() && !piece.match());
        };
    }

    private interface Joins {
        boolean join(Cut before, Cut piece);
    }

    /// Joins a piece to the one before it by what the two pieces were, not by what they have become.
    private static List<Cut> joined(List<Cut> pieces, Joins joins) {
        var result = new ArrayList<Cut>();
        for (int i = 0; i < pieces.size(); i++) {
            var piece = pieces.get(i);
            if (i > 0 && joins.join(pieces.get(i - 1), piece)) {
                int start = result.removeLast().start();
                result.add(new Cut(start, piece.end(), piece.match()));
            } else {
                result.add(piece);
            }
        }
        return result;
    }
}
