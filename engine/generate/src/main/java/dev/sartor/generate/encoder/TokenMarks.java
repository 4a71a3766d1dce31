package dev.sartor.generate.encoder;

import dev.sartor.core.EntityRecogniser.NamedEntity;
import java.util.ArrayList;
import java.util.List;

/// Joins the tokens' labels to names, as transformers' pipeline does with `aggregation_strategy="first"`: a word has the label of
/// its first token, and words of one label that follow each other are one, but where `B-` begins another. A word ends
/// where a blank, a punctuation mark or an ideograph stands. Not thread-safe.
final class TokenMarks {
    private static final String OUTSIDE = "O";

    private final String text;
    private final List<NamedEntity> entities = new ArrayList<>();
    private String label = OUTSIDE;
    private int start;
    private int end;
    private double sum;
    private int words;

    TokenMarks(String text) {
        this.text = text;
    }

    /// One token that adds chars to the text, in their order.
    ///
    /// @param mark the model's label, such as `B-PER`
    void add(int from, int to, String mark, double probability) {
        if (isWithinWord(from)) {
            end = Math.max(end, to); // whatever its own label says
            return;
        }
        boolean begins = mark.startsWith("B-");
        var bare = bare(mark);
        if (begins || !bare.equals(label)) {
            finish();
            label = bare;
            start = from;
        }
        end = to;
        sum += probability;
        words++;
    }

    /// Without `B-` or `I-`.
    static String bare(String mark) {
        return mark.startsWith("B-") || mark.startsWith("I-") ? mark.substring(2) : mark;
    }

    static boolean isOutside(String mark) {
        return mark.equals(OUTSIDE);
    }

    private boolean isWithinWord(int from) {
        return words > 0
                && from == end
                && from > 0
                && isOfWord(text.codePointBefore(from))
                && isOfWord(text.codePointAt(from));
    }

    /// An ideograph is a word of its own.
    private static boolean isOfWord(int c) {
        return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
    }

    private void finish() {
        if (!label.equals(OUTSIDE) && words > 0) {
            entities.add(new NamedEntity(label, start, end, sum / words));
        }
        sum = 0;
        words = 0;
    }

    /// All entities, in the text's order.
    List<NamedEntity> entities() {
        finish();
        label = OUTSIDE;
        return List.copyOf(entities);
    }
}
