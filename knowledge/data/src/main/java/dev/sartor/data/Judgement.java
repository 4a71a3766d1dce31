package dev.sartor.data;

import dev.sartor.data.row.Quoted;
import dev.sartor.data.row.Row;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Which of two answers to a question a person prefers.
///
/// @param reference a right answer that the person was shown
/// @param annotator who it was, where several judged the same two answers
public record Judgement(
        String question,
        String first,
        String second,
        Optional<String> reference,
        Preferred preferred,
        Optional<String> annotator) {
    /// Which one it is.
    public enum Preferred {
        FIRST,
        SECOND,
        TIE;

        /// As it is seen where the two answers change places.
        public Preferred swapped() {
            return switch (this) {
                case FIRST -> SECOND;
                case SECOND -> FIRST;
                case TIE -> TIE;
            };
        }

        /// 1 where the first is the better, −1 where the second is, 0 for neither.
        public int sign() {
            return switch (this) {
                case FIRST -> 1;
                case SECOND -> -1;
                case TIE -> 0;
            };
        }

        /// Above 0 the first, below 0 the second.
        public static Preferred of(double sign) {
            return sign > 0 ? FIRST : sign < 0 ? SECOND : TIE;
        }

        /// As it is written.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Optional<Judgement> read(Row row) {
        var question = row.neededText("question");
        var first = row.neededText("first");
        var second = row.neededText("second");
        var preferred = row.neededText("preferred").flatMap(word -> preferred(row, word));
        var reference = optional(row, "reference");
        var annotator = optional(row, "annotator");
        if (question.isEmpty() || first.isEmpty() || second.isEmpty() || preferred.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Judgement(
                        question.get(),
                        first.get(),
                        second.get(),
                        reference,
                        preferred.get(),
                        annotator));
    }

    private static Optional<Preferred> preferred(Row row, String word) {
        var said = word.strip().toLowerCase(Locale.ROOT);
        var known =
                Stream.of(Preferred.values()).filter(each -> each.word().equals(said)).findFirst();
        if (known.isEmpty()) {
            row.problem("'preferred' must be first, second or tie, got " + Quoted.of(word) + ".");
        }
        return known;
    }

    private static Optional<String> optional(Row row, String field) {
        return row.value(field)
                .filter(value -> !(value.isString() && value.stringValue().isBlank()))
                .flatMap(value -> row.name(value, "'" + field + "'"));
    }
}
