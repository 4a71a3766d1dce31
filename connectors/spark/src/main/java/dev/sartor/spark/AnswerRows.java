package dev.sartor.spark;

import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/// Adds the model's answer to a row's text, or why there is none: the row has no text, or one that does not fit the model's
/// context.
///
/// @param at the text's column
/// @param without counts rows that have no answer
record AnswerRows(int at, UsedModel model, AnswerSettings settings, LongAccumulator without)
        implements MapPartitionsFunction<Row, Row> {
    private static final String NO_TEXT = "the row has no text";

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new RowWindows(
                rows, row -> row.isNullAt(at) ? 0 : row.getString(at).length(), this::answered);
    }

    private List<Row> answered(List<Row> window) {
        var questions = new ArrayList<Question>();
        var refusals = new HashMap<Integer, String>();
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < window.size(); i++) {
            var row = window.get(i);
            if (row.isNullAt(at)) {
                refusals.put(i, NO_TEXT);
                continue;
            }
            var question = settings.question(String.valueOf(i), row.getString(at));
            var room = ExecutorModels.responder(model).room(question);
            if (room.isPresent() && room.getAsInt() < 0) {
                refusals.put(i, tooLong(room));
            } else {
                numbers.add(i);
                questions.add(question);
            }
        }
        without.add(refusals.size());
        return joined(window, refusals, texts(numbers, questions));
    }

    private static String tooLong(OptionalInt room) {
        return "the text does not fit the model's context: "
                + -room.getAsInt()
                + " tokens too many";
    }

    private Map<Integer, String> texts(List<Integer> numbers, List<Question> questions) {
        var texts = new HashMap<Integer, String>();
        if (questions.isEmpty()) {
            return texts;
        }
        Responder responder = ExecutorModels.responder(model);
        var answers = responder.answer(questions, Progress.silent());
        for (int i = 0; i < answers.size(); i++) {
            texts.put(numbers.get(i), answers.get(i).text());
        }
        return texts;
    }

    private static List<Row> joined(
            List<Row> window, Map<Integer, String> refusals, Map<Integer, String> texts) {
        var made = new ArrayList<Row>(window.size());
        for (int i = 0; i < window.size(); i++) {
            made.add(EmbedRows.with(window.get(i), texts.get(i), refusals.get(i)));
        }
        return made;
    }
}
