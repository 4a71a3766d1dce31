package dev.sartor.data;

import dev.sartor.core.Example;
import dev.sartor.core.Origin;
import dev.sartor.core.Problems;
import dev.sartor.core.text.Nearest;
import dev.sartor.data.row.Quoted;
import dev.sartor.data.row.Row;
import dev.sartor.data.row.RowAsker;
import dev.sartor.data.row.RowReaders;
import dev.sartor.data.row.RowSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Makes one file's rows into examples, and says everything that is wrong with any of them.
final class ExampleRows implements RowSink {
    private static final int MOST_SHOWN = 12;
    private static final Pattern BLANKS = Pattern.compile("^[\\s\\h]+|[\\s\\h]+$");

    private final String file;
    private final String stem;
    private final ReadRules rules;
    private final Problems problems;
    private final List<Example> examples = new ArrayList<>();
    private final Map<String, Integer> linesOfIds = new HashMap<>();
    private DataFormat format;
    private int rows;
    private int padded;
    private int firstPadded;
    private int numbers;
    private boolean hasToldFormats;
    private boolean isFirst = true;
    private boolean isGrouped;

    ExampleRows(Path file, DataFormat format, ReadRules rules, Problems problems) {
        this.file = file.toString();
        this.stem = file.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
        this.format = format;
        this.rules = rules;
        this.problems = problems;
    }

    List<Example> examples() {
        return examples;
    }

    DataFormat format() {
        return format;
    }

    /// How many rows were met, good and bad.
    int rows() {
        return rows;
    }

    @Override
    public void row(int line, JsonNode fields) {
        rows++;
        if (!fields.isObject()) {
            problem(line, "must be a JSON object, got " + Quoted.of(fields.toString()) + ".");
            return;
        }
        var row = new Row(new Origin(file, line), fields, problems);
        if (!rules.takesMade() && row.names().contains(ReadRules.MADE)) {
            row.problem(
                    "was made by a model ('made'), and a test set measures on real rows alone: train on it, or take it out.");
            return;
        }
        var rowFormat = formatFor(row.names());
        if (rowFormat.isEmpty()) {
            row.problem(fitsNone(row.names()));
            return;
        }
        var reading = rowFormat.get().read(row);
        var references = reading.map(read -> labels(row, read.references())).orElse(List.of());
        var readers = RowReaders.of(row);
        var id = id(row);
        var group = group(row);
        var asker = RowAsker.of(row, rules.askerColumn());
        if (row.isSound() && reading.isPresent()) {
            var read = reading.get();
            examples.add(
                    new Example(id, read.input(), references, readers, row.origin(), group, asker));
            numbers += row.hasNumberForText() ? 1 : 0;
        }
    }

    @Override
    public void problem(int line, String what) {
        rows++;
        problems.add(new Origin(file, line).toString(), what);
    }

    /// Messages and answers are lists of structures.
    @Override
    public boolean takesNested() {
        return true;
    }

    /// Rows without their readers would be everyone's.
    @Override
    public void passesOver(List<String> columns) {
        if (columns.contains(RowReaders.FIELD)) {
            problem(
                    1,
                    "'readers' must be a column of texts or of lists of texts, got bytes, which are not read.");
        }
    }

    @Override
    public boolean acceptsColumns(int line, List<String> names) {
        var found = formatFor(names);
        if (found.isEmpty()) {
            problem(line, fitsNone(names));
            return false;
        }
        var missing = found.get().needs().stream().filter(name -> !names.contains(name)).toList();
        missing.forEach(name -> problem(line, Row.lacks(name, names)));
        return missing.isEmpty();
    }

    private Optional<RowFormat> formatFor(Collection<String> names) {
        if (format == DataFormat.AUTO) {
            format = RowFormat.fitting(rules, names).orElse(DataFormat.AUTO);
        }
        return RowFormat.of(format, rules, names);
    }

    /// Tells what is known the first time only.
    private String fitsNone(List<String> names) {
        var fits =
                "fits no known format: it has "
                        + (names.isEmpty() ? "no field at all" : String.join(", ", names))
                        + ".";
        if (hasToldFormats) {
            return fits;
        }
        hasToldFormats = true;
        var known =
                Arrays.stream(DataFormat.values())
                        .filter(candidate -> candidate != DataFormat.AUTO)
                        .map(this::described)
                        .collect(Collectors.joining("; "));
        return fits
                + " Known are "
                + known
                + ". A text and a label under other names: set the columns' names.";
    }

    private String described(DataFormat known) {
        var needs = RowFormat.of(known, rules, List.of()).orElseThrow().needs();
        return known.key() + " (" + String.join(", ", needs) + ")";
    }

    /// The references as the task's labels are written: blanks around one are left out, and counted.
    private List<String> labels(Row row, List<String> references) {
        if (rules.labels().isEmpty()) {
            return references;
        }
        var labels = new ArrayList<String>();
        for (var reference : references) {
            var bare = BLANKS.matcher(reference).replaceAll("");
            boolean isPadded = !rules.labels().contains(reference) && rules.labels().contains(bare);
            labels.add(isPadded ? bare : reference);
            if (isPadded && padded++ == 0) {
                firstPadded = row.origin().line();
            } else if (!isPadded && !rules.labels().contains(reference)) {
                row.problem(
                        "unknown label "
                                + Quoted.of(reference)
                                + "; the task's labels are "
                                + shown(rules.labels())
                                + "."
                                + Nearest.hint(reference, rules.labels()));
            }
        }
        return labels;
    }

    /// What was read otherwise than it stands in the file.
    List<String> notes() {
        var notes = new ArrayList<String>();
        if (padded > 0) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "%s: blanks around the label were left out in %,d rows, the first on line %d.",
                            file,
                            padded,
                            firstPadded));
        }
        if (numbers > 0) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "%s: a number, true or false stands for a text in %,d rows, and was read as the text.",
                            file,
                            numbers));
        }
        return notes;
    }

    private static String shown(List<String> labels) {
        var first = String.join(", ", labels.subList(0, Math.min(MOST_SHOWN, labels.size())));
        int more = labels.size() - MOST_SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /// What the row shares with others; the first row says whether rows have one.
    private Optional<String> group(Row row) {
        var group =
                row.value(rules.groupColumn())
                        .flatMap(value -> row.name(value, "'" + rules.groupColumn() + "'"));
        isGrouped = isFirst ? group.isPresent() : isGrouped;
        isFirst = false;
        if (isGrouped != group.isPresent() && row.isSound()) {
            row.problem(
                    "has "
                            + (isGrouped ? "no '" : "a '")
                            + rules.groupColumn()
                            + "', and the first row "
                            + (isGrouped ? "has one" : "has none")
                            + ": name the group of every row, or of none.");
        }
        return group;
    }

    /// The row's own id, or one from its place. Two rows with one id could not be told apart in the stored answers.
    private String id(Row row) {
        int line = row.origin().line();
        var given = row.value("id").flatMap(value -> row.name(value, "'id'"));
        var id = given.orElseGet(() -> unusedId(line));
        var earlier = linesOfIds.putIfAbsent(id, line);
        if (earlier != null) {
            row.problem("has the id " + Quoted.of(id) + " of line " + earlier + ".");
        }
        return id;
    }

    /// Several rows may share a line in a JSON array.
    private String unusedId(int line) {
        var first = stem + ":" + line;
        return Stream.iterate(1, n -> n + 1)
                .map(n -> n == 1 ? first : first + "." + n)
                .filter(id -> !linesOfIds.containsKey(id))
                .findFirst()
                .orElseThrow();
    }
}
