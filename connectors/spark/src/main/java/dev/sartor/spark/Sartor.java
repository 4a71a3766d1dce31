package dev.sartor.spark;

import dev.sartor.curate.SpreadDuplicates;
import dev.sartor.evaluate.Metric;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.Function1;

/// What may be done to a table of Spark, from Java or Scala: `table.transform(Sartor.embed("text", "all-minilm-l6-v2"))`. Each
/// gives the table with columns more, row for row, and is computed when the result is used; other columns are kept, whatever
/// they hold. A row without text is kept, and its new column is null; Spark's page counts those rows.
public final class Sartor {
    public static final String EMBEDDING = "embedding";
    public static final String ANSWER = "answer";
    public static final String ANSWER_ERROR = "answer_error";
    public static final String SCORE = "score";
    public static final String ROW = "row";

    /// As `sartor data clean` has it where nothing else is said.
    private static final long SEED = 1;

    private Sartor() {}

    /// The vector of each row's text in `embedding`, an array of floats of unit length.
    ///
    /// @param column of text
    /// @param model an embedder as `sartor models` knows it, or a folder that is there on every machine
    public static Function1<Dataset<Row>, Dataset<Row>> embed(String column, String model) {
        return embed(column, UsedModel.of(model));
    }

    public static Function1<Dataset<Row>, Dataset<Row>> embed(String column, UsedModel model) {
        return table -> {
            var columns = new TableColumns(table.schema());
            var vectors = DataTypes.createArrayType(DataTypes.FloatType, /* containsNull= */ false);
            var schema = columns.with(EMBEDDING, vectors);
            SessionModels.prepare(table.sparkSession(), model);
            var without = Counters.of(table, "rows without text in '" + column + "'");
            return table.mapPartitions(
                    new EmbedRows(columns.text(column), model, without), Encoders.row(schema));
        };
    }

    /// What a model says to each row's text in `answer`; where that is null, `answer_error` says why.
    ///
    /// @param column of text
    /// @param model a model that answers, as `sartor models` knows it, or a folder that is there on every machine
    public static Function1<Dataset<Row>, Dataset<Row>> answer(String column, String model) {
        return answer(column, UsedModel.of(model), AnswerSettings.usual());
    }

    public static Function1<Dataset<Row>, Dataset<Row>> answer(
            String column, UsedModel model, AnswerSettings settings) {
        return table -> {
            var columns = new TableColumns(table.schema());
            var answered = new TableColumns(columns.with(ANSWER, DataTypes.StringType));
            var schema = answered.with(ANSWER_ERROR, DataTypes.StringType);
            SessionModels.prepare(table.sparkSession(), model);
            var without = Counters.of(table, "rows without an answer");
            return table.mapPartitions(
                    new AnswerRows(columns.text(column), model, settings, without),
                    Encoders.row(schema));
        };
    }

    /// How good each answer is in `score`, 0 to 1, by a metric of `sartor evaluate`.
    ///
    /// @param answer a column of text
    /// @param reference a column of text, or of a list of texts of which the best counts
    /// @param metric such as `exact_match`, `token_f1` or `rougeL`
    public static Function1<Dataset<Row>, Dataset<Row>> score(
            String answer, String reference, String metric) {
        Metric.named(metric); // refuses an unknown one before anything is started
        return table -> {
            var columns = new TableColumns(table.schema());
            var score =
                    new ScoreRows(
                            columns.text(answer), columns.texts(reference), metric, List.of());
            return table.map(score, Encoders.row(columns.with(SCORE, DataTypes.DoubleType)));
        };
    }

    /// The table with the numbers of its rows in `row`, from 0, in the order of its files' paths and of the rows in each. A table
    /// that is not read from files goes by its partitions, and must have the same rows in each whenever it is computed.
    public static Dataset<Row> numbered(Dataset<Row> table) {
        return RowNumbers.before(table);
    }

    /// Rows whose text is nearly that of an earlier one, as the step `near_duplicates` of `sartor data clean` finds them: `row`,
    /// `kept` (the earliest of its cluster), `nearest` (the one that it is most alike to) and `score`. Rows are numbered as
    /// {@link #numbered} does.
    ///
    /// @param column of text; rows without text are nobody's duplicates
    /// @param threshold how alike two texts are at least, .7 to 1; .8 is usual
    public static Function1<Dataset<Row>, Dataset<Row>> nearDuplicates(
            String column, double threshold) {
        var settings = new SpreadDuplicates(threshold, SEED);
        return table -> {
            new TableColumns(table.schema()).text(column);
            var texts = numbered(table.select(table.col(column).as("text")));
            return new NearDuplicateTable(settings).duplicates(texts);
        };
    }

    /// Rows of a table that also stand in another, as `sartor data leaks` finds them: `test`, `other`, `kind` and `score`. Rows
    /// of each table are numbered as {@link #numbered} does. The search is run at once.
    ///
    /// @param tests the smaller table, which every executor holds; the other one is what this is applied to
    /// @param column of text, in both
    /// @param threshold how alike near rows are at least, .6 to 1; .8 is usual
    public static Function1<Dataset<Row>, Dataset<Row>> leaks(
            Dataset<Row> tests, String column, double threshold) {
        return table -> {
            new TableColumns(tests.schema()).text(column);
            new TableColumns(table.schema()).text(column);
            return new LeakTable(threshold)
                    .leaks(tests.select(tests.col(column)), table.select(table.col(column)));
        };
    }
}
