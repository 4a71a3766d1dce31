package dev.sartor.curate.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Split;
import dev.sartor.curate.card.DataFacts.CleaningStep;
import dev.sartor.curate.card.DataFacts.Field;
import dev.sartor.curate.card.DataFacts.Lengths;
import dev.sartor.curate.card.DataFacts.SplitFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataCardTest {
    private static DataFacts facts(String name, String label) {
        var splits = new LinkedHashMap<Split, SplitFacts>();
        splits.put(Split.TRAIN, new SplitFacts("train.jsonl", 4000, "9f86d081"));
        splits.put(Split.TEST, new SplitFacts("test.jsonl", 628, "a3bf4f1b"));
        var settings = new LinkedHashMap<String, String>();
        settings.put("threshold", "0.8");
        return new DataFacts(
                name,
                Optional.of("CC-BY-4.0"),
                splits,
                List.of(new Field("text", "string", 4628), new Field("label", "string", 4628)),
                Map.of(label, Map.of(Split.TRAIN, 2100L, Split.TEST, 330L)),
                Map.of(Split.TRAIN, new Lengths(3, 58, 140, 1210)),
                Map.of("en", 4620L),
                Map.of("everyone", 4628L),
                Map.of(),
                List.of(new CleaningStep("near_duplicates", settings, 211, 0)));
    }

    private static final DataCard CARD =
            DataCard.of(
                    facts("helpdesk routing", "card_arrival"),
                    Map.of("purpose", "To route tickets."));

    @Test
    void figuresAnswersAndQuestionsStandInTheCard() {
        var text = CARD.markdown();
        assertThat(text)
                .contains("# helpdesk routing")
                .contains("| train | train.jsonl | 4,000 | 3 | 58 | 140 | 1,210 | 9f86d081 |")
                .contains("| card\\_arrival | 2,100 | 330 |")
                .contains("| near\\_duplicates | threshold = 0.8 | 211 | 0 |")
                .contains("The data is under the licence CC-BY-4.0.")
                .contains(
                        "**For what purpose was the dataset created? Was there a task in mind, or a gap to fill?**\n\nTo route tickets.")
                .contains("**Who paid for it?**\n\n*Not answered yet.*");
        assertThat(CARD.unanswered())
                .contains(CardQuestion.FUNDING)
                .doesNotContain(CardQuestion.PURPOSE)
                .hasSize(CardQuestion.values().length - 1);
    }

    @Test
    void theFrontMatterIsYamlThatAHubReads() {
        var yaml = CARD.markdown().split("---\n", -1)[1];
        assertThat(yaml)
                .contains("pretty_name: \"helpdesk routing\"\n")
                .contains("language:\n- \"en\"\n")
                .contains("license: \"cc-by-4.0\"\n")
                .contains("size_categories:\n- \"1K<n<10K\"\n")
                .contains("  - split: \"test\"\n    path: \"test.jsonl\"\n")
                .contains("    num_examples: 4000\n");
    }

    /// A label is anybody's text: it must neither become mark-up nor break a table or the front matter.
    @Test
    void whatStandsInTheDataIsShownAsItIs() {
        var hostile = "<script>alert(1)</script>|\n---\nlicense: mit\n*x* [a](javascript:b) `c`";
        var card = DataCard.of(facts(hostile, hostile), Map.of("purpose", hostile));
        assertThat(card.html())
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        var markdown = card.markdown();
        assertThat(markdown.substring(markdown.indexOf("\n# ")))
                .doesNotContain("<script>")
                .contains("\\<script\\>alert(1)\\</script\\>\\|");
        assertThat(markdown.lines().filter(line -> line.equals("---"))).hasSize(2);
        assertThat(markdown.lines().filter(line -> line.equals("license: mit"))).hasSize(1);
        var row = markdown.lines().filter(line -> line.endsWith("| 2,100 | 330 |")).toList();
        assertThat(row).hasSize(1);
    }

    @Test
    void theFrontMatterHoldsHostileNames() {
        var yaml =
                DataCard.of(facts("a\u0085b\u2028c\ufeff: \"d\" # e", "x"), Map.of())
                        .markdown()
                        .split("---\n", -1)[1];
        assertThat(yaml.lines().findFirst())
                .contains("pretty_name: \"a\\u0085b\\u2028c\\ufeff: \\\"d\\\" # e\"");
    }

    @Test
    void anAnswerToNoQuestionIsRefused() {
        assertThatThrownBy(() -> DataCard.of(facts("a", "b"), Map.of("purpos", "x")))
                .hasMessageContaining("unknown question 'purpos'. Did you mean 'purpose'?");
    }

    @Test
    void aBlankAnswerIsNone() {
        assertThat(DataCard.of(facts("a", "b"), Map.of("purpose", "  ")).unanswered())
                .contains(CardQuestion.PURPOSE);
    }

    @Test
    void dataWithoutLabelsIsNotAskedWhoLabelledIt() {
        var facts =
                new DataFacts(
                        "notes",
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of());
        var card = DataCard.of(facts, Map.of());
        assertThat(card.unanswered()).doesNotContain(CardQuestion.LABELLING);
        assertThat(card.markdown())
                .contains("No licence was named: without one, nobody may pass the data on.")
                .contains("No record of a cleaning step was given.")
                .contains("size_categories:\n- \"n<1K\"\n");
    }
}
