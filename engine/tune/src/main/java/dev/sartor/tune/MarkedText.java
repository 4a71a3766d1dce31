package dev.sartor.tune;

import dev.sartor.tokenizer.Tokenizer;

/// A row's text as a person reads it: what is in the loss stands between ▐ and ▌, control tokens as they are called.
final class MarkedText {
    private static final char BEGIN = '▐';
    private static final char END = '▌';

    /// So many characters of a stretch that is not learned are shown at its beginning and at its end.
    private static final int EDGE = 300;

    private MarkedText() {}

    static String of(TrainingRow row, Tokenizer tokenizer) {
        var text = new StringBuilder();
        var stretch = new StringBuilder();
        var stream = tokenizer.stream(false);
        boolean learned = false;
        for (int i = 0; i < row.ids().length; i++) {
            if (row.learned().get(i) != learned) {
                add(text, stretch, learned);
                learned = !learned;
            }
            stretch.append(stream.push(row.ids()[i]));
        }
        stretch.append(stream.finish());
        add(text, stretch, learned);
        return text.toString();
    }

    private static void add(StringBuilder text, StringBuilder stretch, boolean learned) {
        if (learned) {
            text.append(BEGIN).append(stretch).append(END);
        } else if (stretch.length() > 3 * EDGE) {
            text.append(stretch, 0, EDGE)
                    .append(" … (")
                    .append(stretch.length() - 2 * EDGE)
                    .append(" characters more) … ")
                    .append(stretch, stretch.length() - EDGE, stretch.length());
        } else {
            text.append(stretch);
        }
        stretch.setLength(0);
    }
}
