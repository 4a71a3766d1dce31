package dev.sartor.curate.quality;

import dev.sartor.core.Problems;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The limits of each rule; a rule without limits is not asked.
///
/// @param name `documents`, `rows`, or what a user calls it
/// @param repetitionFrom the words that a text must have for its repetition to be measured
public record QualityProfile(String name, int repetitionFrom, Map<QualityRule, Range> limits) {
    /// Gopher's limits, as the paper has them: for texts that are documents.
    public static final QualityProfile DOCUMENTS = new QualityProfile("documents", 0, documents());

    /// For the rows of a task, which are short: "card not working" has three words, "1984" is a right answer, and any two words are a
    /// 2-gram that makes up all of a text. Gopher's limits would remove nearly all of banking77, and a quarter of GSM8K's worked answers,
    /// which say a thing again as they reckon with it. These remove what is no language, and texts that go round in a loop; repetition is
    /// measured from 50 words on.
    public static final QualityProfile ROWS = new QualityProfile("rows", 50, rows());

    public QualityProfile {
        Problems.refuseUnless(
                repetitionFrom >= 0,
                "the words from which repetition is measured",
                "0 or more",
                repetitionFrom,
                "50 is usual for rows");
        limits = Map.copyOf(limits);
    }

    public static QualityProfile named(String name) {
        Problems.refuseUnless(
                name.equals("documents") || name.equals("rows"),
                "curate.quality.profile",
                "documents or rows",
                "'" + name + "'",
                "documents has Gopher's limits, rows suits short texts");
        return name.equals("rows") ? ROWS : DOCUMENTS;
    }

    public QualityProfile with(QualityRule rule, Range range) {
        var changed = new EnumMap<QualityRule, Range>(QualityRule.class);
        changed.putAll(limits);
        changed.put(rule, range);
        return new QualityProfile(name, repetitionFrom, changed);
    }

    public QualityProfile without(QualityRule rule) {
        var changed = new EnumMap<QualityRule, Range>(QualityRule.class);
        changed.putAll(limits);
        changed.remove(rule);
        return new QualityProfile(name, repetitionFrom, changed);
    }

    Optional<Range> of(QualityRule rule) {
        return Optional.ofNullable(limits.get(rule));
    }

    private static Map<QualityRule, Range> documents() {
        var limits = repetition();
        limits.put(QualityRule.WORDS, new Range(50, 100_000));
        limits.put(QualityRule.MEAN_WORD_LENGTH, new Range(3, 10));
        limits.put(QualityRule.HASHES_PER_WORD, Range.atMost(0.1));
        limits.put(QualityRule.ELLIPSES_PER_WORD, Range.atMost(0.1));
        limits.put(QualityRule.BULLET_LINES, Range.atMost(0.9));
        limits.put(QualityRule.ELLIPSIS_LINES, Range.atMost(0.3));
        limits.put(QualityRule.ALPHABETIC_WORDS, Range.atLeast(0.8));
        limits.put(QualityRule.STOP_WORDS, Range.atLeast(2));
        return limits;
    }

    private static Map<QualityRule, Range> rows() {
        var limits = new EnumMap<QualityRule, Range>(QualityRule.class);
        limits.put(QualityRule.WORDS, new Range(1, 100_000));
        limits.put(QualityRule.MEAN_WORD_LENGTH, Range.atMost(50));
        limits.put(QualityRule.HASHES_PER_WORD, Range.atMost(1));
        limits.put(QualityRule.ELLIPSES_PER_WORD, Range.atMost(0.5));
        limits.put(QualityRule.DUPLICATE_LINES, Range.atMost(0.5));
        limits.put(QualityRule.DUPLICATE_LINE_CHARACTERS, Range.atMost(0.5));
        limits.put(QualityRule.DUPLICATE_PARAGRAPHS, Range.atMost(0.5));
        limits.put(QualityRule.DUPLICATE_PARAGRAPH_CHARACTERS, Range.atMost(0.5));
        QualityRule.TOP.forEach(rule -> limits.put(rule, Range.atMost(0.4)));
        QualityRule.DUPLICATE.forEach(rule -> limits.put(rule, Range.atMost(0.6)));
        return limits;
    }

    /// Table A1.
    private static Map<QualityRule, Range> repetition() {
        var limits = new EnumMap<QualityRule, Range>(QualityRule.class);
        limits.put(QualityRule.DUPLICATE_LINES, Range.atMost(0.3));
        limits.put(QualityRule.DUPLICATE_PARAGRAPHS, Range.atMost(0.3));
        limits.put(QualityRule.DUPLICATE_LINE_CHARACTERS, Range.atMost(0.2));
        limits.put(QualityRule.DUPLICATE_PARAGRAPH_CHARACTERS, Range.atMost(0.2));
        limits.put(QualityRule.TOP_2_GRAM, Range.atMost(0.2));
        limits.put(QualityRule.TOP_3_GRAM, Range.atMost(0.18));
        limits.put(QualityRule.TOP_4_GRAM, Range.atMost(0.16));
        for (int n = 5; n <= 10; n++) {
            limits.put(QualityRule.DUPLICATE.get(n - 5), Range.atMost((20 - n) / 100.0));
        }
        return limits;
    }
}
