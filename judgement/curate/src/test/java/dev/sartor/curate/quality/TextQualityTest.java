package dev.sartor.curate.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextQualityTest {
    private static final String PROSE =
            """
            The notice period is thirty days and begins with the first of the month. A tenant who wants to leave earlier can
            name somebody who takes over the contract; the landlord may refuse such a person only with a good reason.

            Keys have to be returned on the last day, together with the garage's remote control. Whoever keeps one pays for a
            new lock. We look at the flat with you, and write down what we find; both of us sign that sheet, and you get a copy.
            """;

    private static final TextQuality DOCUMENTS = new TextQuality(QualityProfile.DOCUMENTS);
    private static final TextQuality ROWS = new TextQuality(QualityProfile.ROWS);

    private static List<String> rules(TextQuality quality, String text) {
        return quality.findings(text, Optional.empty()).stream().map(Finding::rule).toList();
    }

    @Test
    void ordinaryProsePassesGophersRules() {
        assertThat(rules(DOCUMENTS, PROSE)).isEmpty();
    }

    @Test
    void aShortRowIsNoDocumentAndAGoodRowAllTheSame() {
        for (var row :
                List.of(
                        "card not working",
                        "Wo ist meine Bestellung?",
                        "EUR 12.50 fee on 2024-05-01, why?",
                        "ok",
                        "为什么我的卡被拒绝了？")) {
            assertThat(rules(ROWS, row)).as(row).isEmpty();
            assertThat(rules(DOCUMENTS, row)).as(row).contains("words");
        }
    }

    @Test
    void aFindingNamesRuleValueAndLimit() {
        var finding = DOCUMENTS.findings("card not working", Optional.empty()).getFirst();
        assertThat(finding.rule()).isEqualTo("words");
        assertThat(finding.value()).isEqualTo(3);
        assertThat(finding.limit()).isEqualTo(50);
        assertThat(finding.said()).isEqualTo("words is 3, at least 50 is asked for");
    }

    /// Each text breaks one of Gopher's rules, by a little more than its limit.
    @Test
    void eachRuleFindsWhatItIsFor() {
        var hashes = PROSE + "#tag ".repeat(12);
        assertThat(rules(DOCUMENTS, hashes)).contains("hashes_per_word");
        assertThat(rules(DOCUMENTS, PROSE + "and so on... ".repeat(20)))
                .contains("ellipses_per_word");
        var list =
                PROSE.lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> "- " + line)
                        .collect(Collectors.joining("\n"));
        assertThat(rules(DOCUMENTS, list)).contains("bullet_lines");
        var teaser = PROSE.lines().map(line -> line + "…").collect(Collectors.joining("\n"));
        assertThat(rules(DOCUMENTS, teaser)).contains("ellipsis_lines");
        assertThat(rules(DOCUMENTS, PROSE + "12 30.5 | ".repeat(20))).contains("alphabetic_words");
        assertThat(rules(DOCUMENTS, "a b c d e f g h i j ".repeat(10)))
                .contains("mean_word_length");
        assertThat(rules(DOCUMENTS, "Donaudampfschifffahrt ".repeat(60)))
                .contains("mean_word_length");
        var keywords =
                IntStream.range(0, 60)
                        .mapToObj(i -> "keyword" + (char) ('a' + i % 26) + i)
                        .collect(Collectors.joining(" "));
        assertThat(rules(DOCUMENTS, keywords)).contains("stop_words");
    }

    @Test
    void englishStopWordsAreNotAskedOfOtherLanguages() {
        var german =
                "Die Kündigung ist schriftlich zu erklären, und zwar mit einer Frist von drei Monaten. "
                                .repeat(1)
                        + IntStream.range(0, 50)
                                .mapToObj(
                                        i -> "Wort" + (char) ('a' + i % 26) + (char) ('a' + i / 26))
                                .collect(Collectors.joining(" "));
        assertThat(rules(DOCUMENTS, german)).containsExactly("stop_words");
        assertThat(DOCUMENTS.findings(german, Optional.of("de"))).isEmpty();
        assertThat(DOCUMENTS.findings(german, Optional.of("en"))).hasSize(1);
    }

    /// By hand: of the lines a a b a, two repeat an earlier one; of 4 + 4 + 6 + 4 characters, 8.
    @Test
    void repeatedLinesAreCountedFromTheSecondOn() {
        var repetition = new Repetition("aaaa\naaaa\nbbbbbb\naaaa\n");
        assertThat(repetition.value(QualityRule.DUPLICATE_LINES)).isEqualTo(0.5);
        assertThat(repetition.value(QualityRule.DUPLICATE_LINE_CHARACTERS))
                .isCloseTo(8.0 / 18, within(1e-12));
        assertThat(repetition.value(QualityRule.DUPLICATE_PARAGRAPHS)).isZero();
        var paragraphs = new Repetition("aa\nbb\n\ncc\n \naa\nbb\n");
        assertThat(paragraphs.value(QualityRule.DUPLICATE_PARAGRAPHS))
                .isCloseTo(1.0 / 3, within(1e-12));
        assertThat(paragraphs.value(QualityRule.DUPLICATE_PARAGRAPH_CHARACTERS))
                .isCloseTo(5.0 / 12, within(1e-12));
    }

    /// By hand: `to be` stands twice in `to be or not to be`, 8 of 13 characters; no 3-gram stands twice.
    @Test
    void theMostFrequentGramIsWeighedByItsCharacters() {
        var repetition = new Repetition("to be or not to be");
        assertThat(repetition.value(QualityRule.TOP_2_GRAM)).isCloseTo(8.0 / 13, within(1e-12));
        assertThat(repetition.value(QualityRule.TOP_3_GRAM)).isZero();
        assertThat(repetition.value(QualityRule.DUPLICATE_5_GRAMS)).isZero();
        assertThat(repetition.value(QualityRule.DUPLICATE_10_GRAMS)).isNaN();
    }

    /// The five words stand twice, overlapping nothing: 10 of 11 characters.
    @Test
    void charactersOfRepeatedGramsAreCountedOnce() {
        var repetition = new Repetition("a b c d e X a b c d e");
        assertThat(repetition.value(QualityRule.DUPLICATE_5_GRAMS))
                .isCloseTo(10.0 / 11, within(1e-12));
        var overlapping = new Repetition("a ".repeat(20));
        assertThat(overlapping.value(QualityRule.DUPLICATE_5_GRAMS)).isEqualTo(1);
        assertThat(overlapping.value(QualityRule.TOP_2_GRAM)).isEqualTo(1);
    }

    @Test
    void aTextThatSaysTheSameAgainAndAgainIsFoundInBothProfiles() {
        var loop = "I am sorry, I cannot help with that. ".repeat(20);
        assertThat(rules(DOCUMENTS, loop)).contains("top_4_gram", "duplicate_10_grams");
        assertThat(rules(ROWS, loop)).contains("duplicate_5_grams");
    }

    @Test
    void aRuleCanBeLeftOutOrGivenAnotherLimit() {
        var strict =
                new TextQuality(QualityProfile.ROWS.with(QualityRule.WORDS, new Range(4, 100)));
        assertThat(rules(strict, "card not working")).containsExactly("words");
        var lax = new TextQuality(QualityProfile.DOCUMENTS.without(QualityRule.WORDS));
        assertThat(rules(lax, "The card does not work, and that has to be looked at with care."))
                .isEmpty();
        assertThat(QualityRule.labelled("top_2_gram")).contains(QualityRule.TOP_2_GRAM);
        assertThat(QualityRule.labelled("top_9_gram")).isEmpty();
    }

    @Test
    void languagesWithoutBlanksAreNotJudgedByTheLengthOfTheirWords() {
        var chinese =
                "合同可以提前三个月以书面形式解除，租客需要把钥匙交还给房东，并且支付最后一个月的租金。我们会和您一起检查房屋，把发现的问题写下来，双方签字确认，每人保留一份副本。";
        assertThat(DOCUMENTS.findings(chinese, Optional.of("zh"))).isEmpty();
    }

    /// Two million words, a word of ten million characters, five million blank lines.
    @Test
    void aHugeRowIsMeasuredInLinearTime() {
        assertThat(rules(ROWS, "spam ".repeat(2_000_000))).contains("words", "top_2_gram");
        assertThat(rules(ROWS, "x".repeat(10_000_000))).contains("mean_word_length");
        assertThat(rules(DOCUMENTS, "\n".repeat(5_000_000))).contains("words");
    }
}
