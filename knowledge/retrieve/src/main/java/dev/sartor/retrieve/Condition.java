package dev.sartor.retrieve;

import dev.sartor.core.SartorException;
import dev.sartor.documents.Glob;
import dev.sartor.documents.Metadata;
import dev.sartor.retrieve.field.MetadataTerms;
import dev.sartor.retrieve.field.Quantity;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/// What a document's metadata must say for its passages to be looked at.
///
/// @param field `path`, or a name of {@link Metadata}
/// @param value of a path a pattern, which folders fit with all that is below them
public record Condition(String field, Operator operator, String value) {
    private static final Pattern FORM = Pattern.compile("(?s)(.+?)\\s*(!=|<=|>=|=)\\s*(.*)");

    /// What makes a pattern of a path.
    private static final Pattern WILD = Pattern.compile("[*?\\[\\\\]");

    /// How the document's value must compare with the condition's.
    public enum Operator {
        EQUAL("="),
        OTHER("!="),
        AT_MOST("<="),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        boolean compares() {
            return this == AT_MOST || this == AT_LEAST;
        }

        static Operator of(String sign) {
            return Arrays.stream(values())
                    .filter(each -> each.sign.equals(sign))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public Condition {
        if (operator.compares() && field.equals(MetadataTerms.PATH)) {
            throw SartorException.user(
                    "--where: path takes = and !=, got "
                            + operator.sign
                            + ": path=contracts is all below a folder, \"path=**/*.pdf\" a pattern.");
        }
        if (operator.compares() && Quantity.of(value).isNone()) {
            throw SartorException.user(
                    "--where: "
                            + operator.sign
                            + " compares numbers and dates, such as 2025-01-31, got "
                            + field
                            + operator.sign
                            + value
                            + ": use = or != for texts.");
        }
        value = field.equals(Metadata.TYPE) ? type(value) : value;
    }

    private static String type(String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") ? lower.substring(1) : lower;
    }

    /// @param text such as `type=pdf` or `date>=2025-01-01`
    /// @throws SartorException a user's error that says what is wrong with it
    public static Condition parsed(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw SartorException.user(
                    "--where must be FIELD=VALUE, or with !=, <= or >= in place of =, got '"
                            + text
                            + "': write it as \"type=pdf\" or \"date>=2025-01-01\", in quotes.");
        }
        return new Condition(form.group(1), Operator.of(form.group(2)), form.group(3));
    }

    /// The passages that it holds for.
    Query query(IndexReader reader) throws IOException {
        return switch (operator) {
            case EQUAL -> equal(reader);
            case OTHER ->
                    new BooleanQuery.Builder()
                            .add(MetadataTerms.passages(), BooleanClause.Occur.FILTER)
                            .add(equal(reader), BooleanClause.Occur.MUST_NOT)
                            .build();
            case AT_MOST, AT_LEAST -> compared();
        };
    }

    /// Whether it is about the document's path.
    public boolean isOfPath() {
        return field.equals(MetadataTerms.PATH);
    }

    /// Of all paths that fit.
    public String beginning() {
        var wild = WILD.matcher(pattern());
        return wild.find() ? pattern().substring(0, wild.start()) : pattern();
    }

    public Predicate<String> fittingPaths() {
        return Glob.of(pattern())::fitsOrHolds;
    }

    private String pattern() {
        return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }

    private Query equal(IndexReader reader) throws IOException {
        if (field.equals(MetadataTerms.PATH)) {
            return MetadataTerms.paths(reader, beginning(), fittingPaths());
        }
        var any = new BooleanQuery.Builder();
        any.add(MetadataTerms.equal(field, value), BooleanClause.Occur.SHOULD);
        var quantity = Quantity.of(value);
        quantity.number()
                .ifPresent(number ->
                        any.add(
                                MetadataTerms.numbers(field, number, number),
                                BooleanClause.Occur.SHOULD));
        quantity.time()
                .ifPresent(time ->
                        any.add(
                                MetadataTerms.times(field, time.from(), time.until() - 1),
                                BooleanClause.Occur.SHOULD));
        return any.build();
    }

    private Query compared() {
        var any = new BooleanQuery.Builder();
        var quantity = Quantity.of(value);
        boolean isLeast = operator == Operator.AT_LEAST;
        quantity.number()
                .ifPresent(number ->
                        any.add(
                                isLeast
                                        ? MetadataTerms.numbers(
                                                field, number, Double.POSITIVE_INFINITY)
                                        : MetadataTerms.numbers(
                                                field, Double.NEGATIVE_INFINITY, number),
                                BooleanClause.Occur.SHOULD));
        quantity.time()
                .ifPresent(time ->
                        any.add(
                                isLeast
                                        ? MetadataTerms.times(field, time.from(), Long.MAX_VALUE)
                                        : MetadataTerms.times(
                                                field, Long.MIN_VALUE, time.until() - 1),
                                BooleanClause.Occur.SHOULD));
        return any.build();
    }
}
