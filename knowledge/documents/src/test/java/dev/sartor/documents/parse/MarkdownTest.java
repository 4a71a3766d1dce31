package dev.sartor.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Readers;
import dev.sartor.documents.Document;
import dev.sartor.documents.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static Document read(String text) {
        return Markdown.read("guides/returns.md", text, Readers.everyone());
    }

    @Test
    void headingsNestAsTheirLevelsSay() {
        var document =
                read(
                        """
                        # Returns
                        Intro.
                        ## Deadline
                        Thirty days.
                        ### Extended ###
                        Sixty days.
                        ## Cost
                        Free.
                        """);
        assertThat(document.title()).isEqualTo("Returns");
        assertThat(document.sections())
                .containsExactly(
                        new Section(List.of("Returns"), List.of("Intro.")),
                        new Section(List.of("Returns", "Deadline"), List.of("Thirty days.")),
                        new Section(
                                List.of("Returns", "Deadline", "Extended"), List.of("Sixty days.")),
                        new Section(List.of("Returns", "Cost"), List.of("Free.")));
    }

    @Test
    void aHashInsideFencedCodeIsNoHeading() {
        var document =
                read(
                        """
                        # Setup
                        ~~~~ sh
                        # not a heading
                        ```
                        ~~~
                        still **code**
                        ~~~~
                        After.
                        """);
        assertThat(document.sections())
                .containsExactly(
                        new Section(
                                List.of("Setup"),
                                List.of("# not a heading\n```\n~~~\nstill **code**", "After.")));
    }

    @Test
    void anUnclosedFenceReachesToTheEnd() {
        assertThat(read("```\na\n# b").sections())
                .containsExactly(new Section(List.of(), List.of("a\n# b")));
    }

    @Test
    void underlinedHeadingsCount() {
        var document = read("Returns\n=======\n\nDeadline\n---\nThirty\ndays.\n");
        assertThat(document.sections())
                .containsExactly(
                        new Section(List.of("Returns", "Deadline"), List.of("Thirty days.")));
    }

    @Test
    void aRuleBelowABlankLineIsNoHeading() {
        assertThat(read("One.\n\n---\n\nTwo.").sections())
                .containsExactly(new Section(List.of(), List.of("One.", "Two.")));
    }

    @Test
    void frontMatterGivesTheTitleAndIsNoText() {
        var document = read("---\ntitle: \"Our returns\"\ntags: [a]\n---\nText.");
        assertThat(document.title()).isEqualTo("Our returns");
        assertThat(document.sections()).containsExactly(new Section(List.of(), List.of("Text.")));
    }

    @Test
    void withoutAnyTitleTheFilesNameServes() {
        assertThat(read("Text.").title()).isEqualTo("returns");
    }

    @Test
    void itemsAndRowsStayLines() {
        var document =
                read(
                        "Plans:\n- Basic\n  for one\n- Team\n\n| Plan | Price |\n|:---|---:|\n| Basic | 3 € |\n");
        assertThat(document.sections().getFirst().blocks())
                .containsExactly(
                        "Plans:\n- Basic for one\n- Team", "| Plan | Price |\n| Basic | 3 € |");
    }

    @Test
    void decorationIsLeftOutAndNamesAreNot() {
        assertThat(
                        read("See **the [guide](https://a.example/x \"t\")**, `max_size` and"
                                        + " *soon* 2 * 3 * 4 <!-- todo -->\\*")
                                .sections()
                                .getFirst()
                                .blocks())
                .containsExactly("See the guide, max_size and soon 2 * 3 * 4 *");
    }

    @Test
    void aHeadingWithNothingBelowItIsStillFound() {
        assertThat(read("# FAQ\n## Is there a shop in Ulm? No.\n").sections())
                .containsExactly(
                        new Section(
                                List.of("FAQ", "Is there a shop in Ulm? No."),
                                List.of("Is there a shop in Ulm? No.")));
    }
}
