package dev.sartor.studio.read;

import dev.sartor.compare.approach.RunFolder;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.run.StoredAnswers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one run answered, as a column of a table: of each answer its beginning, its score, and where the whole of it stands.
///
/// @param ids of the examples, in the file's order
/// @param answers their beginnings, a string of its own for each different one alone
/// @param scores the task's metric of each; a judge's where one measured
/// @param rows where each example stands in this column, by its id
/// @param texts what the answers say of their examples
record AnswerColumn(
        List<String> ids,
        List<String> answers,
        float[] scores,
        List<StoredAnswers.Place> places,
        Map<String, Integer> rows,
        ColumnTexts texts) {
    /// Characters of an answer that a table shows and a search looks at.
    static final int ANSWER = 240;

    /// Beside what the texts take: an id, references, a score and a place.
    private static final int ROW_BYTES = 160;

    /// Reads a finished run's answers once, from the first to the last.
    static AnswerColumn read(Path run) {
        var folder = new RunFolder(run);
        var reading = new Reading();
        folder.storedAnswers().each(reading::add);
        var scores = new float[reading.scores.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = reading.scores.get(i);
        }
        judged(run).filter(by -> by.length == scores.length).ifPresent(by -> copy(by, scores));
        return new AnswerColumn(
                reading.ids,
                reading.answers,
                scores,
                reading.places,
                reading.rows,
                new ColumnTexts(reading.questions, reading.references, reading.cut));
    }

    private static Optional<double[]> judged(Path run) {
        return Judged.read(run).filter(each -> !each.by().isRefused()).map(Judged::scores);
    }

    private static void copy(double[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = (float) from[i];
        }
    }

    /// Roughly what it takes in memory.
    long bytes() {
        return (long) ids.size() * ROW_BYTES
                + texts.bytes()
                + 2L * answers.stream().distinct().mapToInt(String::length).sum();
    }

    /// The column without its questions, where another column of the table has them.
    AnswerColumn withoutQuestions() {
        return new AnswerColumn(ids, answers, scores, places, rows, texts.withoutQuestions());
    }

    /// With the names of another column of the same examples.
    AnswerColumn namedAs(AnswerColumn other) {
        return new AnswerColumn(other.ids, answers, scores, places, other.rows, texts);
    }

    private static final class Reading {
        private final List<String> ids = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();
        private final List<Float> scores = new ArrayList<>();
        private final List<StoredAnswers.Place> places = new ArrayList<>();
        private final Map<String, Integer> rows = new HashMap<>();
        private final List<String> questions = new ArrayList<>();
        private final List<String> references = new ArrayList<>();
        private final Map<String, String> known = new HashMap<>();
        private int cut;

        void add(StoredAnswer answer, StoredAnswers.Place place) {
            rows.put(answer.id(), ids.size());
            ids.add(answer.id());
            answers.add(once(beginning(answer.answer(), ANSWER)));
            scores.add((float) answer.score());
            places.add(place);
            questions.add(beginning(answer.question(), ColumnTexts.QUESTION));
            references.add(once(beginning(String.join(" / ", answer.references()), ANSWER)));
        }

        private String once(String text) {
            return known.computeIfAbsent(text, same -> same);
        }

        private String beginning(String text, int most) {
            if (text.length() <= most) {
                return text;
            }
            cut++;
            boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
            return text.substring(0, splits ? most - 1 : most) + "…";
        }
    }
}
