package dev.sartor.synthesis.check;

import dev.sartor.evaluate.Metric;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a question asks for, by the words that it asks with, in English and German.
public enum QuestionKind {
    NUMBER(
            "\\bhow (many|much|long|far|often|old|high|heavy|big|large|fast|wide|tall|deep|late|early|soon)\\b"
                    + "|\\b(what|which) (percent\\w*|share|number|amount|price|fee|age|sum)\\b|\\bwie ?(viel\\w*|lange|oft|alt|hoch|schwer|weit)\\b"),
    TIME(
            "\\b(when|what time|(what|which) (day|days|date|year|month|hours?|century|decade)|until when|since when)\\b|\\b(wann|um wie viel uhr)\\b"),
    PERSON("\\b(who|whom|whose|wer|wem|wen|wessen)\\b"),
    PLACE("\\b(where|wo|wohin|woher)\\b"),
    REASON("\\b(why|how come|what for|warum|wieso|weshalb)\\b"),
    MANNER("\\bhow (do|can|does|should|is|are|did|was|were|to)\\b|\\bwie\\b"),
    OTHER("");

    private static final Pattern TIME_WORD =
            Pattern.compile(
                    "(?i)\\b(mon|tues|wednes|thurs|fri|satur|sun)days?\\b|\\b(january|february|march|april|may|june|july|august"
                            + "|september|october|november|december|spring|summer|autumn|winter|morning|noon|midnight|evening|night"
                            + "|today|tomorrow|immediately|daily|weekly|monthly|yearly|once|twice|century|montags?|dienstags?"
                            + "|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?)\\b");

    private static final Pattern NAME = Pattern.compile("(?<!^)\\b\\p{Lu}|^\\p{Lu}\\p{L}");

    private final Pattern asks;

    QuestionKind(String asks) {
        this.asks = Pattern.compile(asks);
    }

    /// The first whose words stand in it.
    public static QuestionKind of(String question) {
        var lower = question.toLowerCase(Locale.ROOT);
        for (var kind : values()) {
            if (kind != OTHER && kind.asks.matcher(lower).find()) {
                return kind;
            }
        }
        return OTHER;
    }

    /// Whether an answer cannot be one to a question of this kind: no number to "how many", no day or time to "when", no name to
    /// "who".
    boolean isMissedBy(String answer) {
        return switch (this) {
            case NUMBER -> !Metric.statesAValue(answer);
            case TIME -> !Metric.statesAValue(answer) && !TIME_WORD.matcher(answer).find();
            case PERSON -> !NAME.matcher(answer).find();
            case PLACE, REASON, MANNER, OTHER -> false;
        };
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
