package dev.sartor.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Pages;
import dev.sartor.documents.Section;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageTextTest {
    private static Outline outline(String... paragraphs) {
        var outline = new Outline();
        PageText.into(
                outline,
                Stream.of(paragraphs)
                        .map(text -> new PageText.Paragraph(text, Pages.none()))
                        .toList());
        return outline;
    }

    @Test
    void theTopLineIsTheTitleAndShortLinesAboveParagraphsAreHeadings() {
        var outline =
                outline(
                        "Service schedule",
                        "For mechanics. Edition 9.",
                        "1. Intervals",
                        "First service: after 400 km or ten weeks, whichever comes sooner.",
                        "2",
                        "Wear limits",
                        "",
                        "Brake pads are changed at 1.2 mm.",
                        "Page 2 of 3");
        assertThat(outline.sections())
                .containsExactly(
                        new Section(
                                List.of("Service schedule"), List.of("For mechanics. Edition 9.")),
                        new Section(
                                List.of("Service schedule", "1. Intervals"),
                                List.of(
                                        "First service: after 400 km or ten weeks, whichever comes"
                                                + " sooner.")),
                        new Section(
                                List.of("Service schedule", "Wear limits"),
                                List.of("Brake pads are changed at 1.2 mm.")));
        assertThat(outline.topHeading()).contains("Service schedule");
    }

    @Test
    void rowsOfATableAreNoHeadings() {
        assertThat(outline("Dear customer, hello.", "Basic 3", "Team 9", "Fleet 20").sections())
                .containsExactly(
                        new Section(
                                List.of(),
                                List.of("Dear customer, hello.", "Basic 3", "Team 9", "Fleet 20")));
    }

    @Test
    void sentencesAndContinuationsAreNoHeadings() {
        var long1 = "A paragraph that is longer than the line above it, and ends with a stop.";
        assertThat(outline("Thank you.", long1, "and so on", long1, "What now?", long1).sections())
                .singleElement()
                .satisfies(section -> assertThat(section.headings()).isEmpty());
    }

    @Test
    void aSingleLineIsTextNotATitle() {
        assertThat(outline("Closed on Monday").sections())
                .containsExactly(new Section(List.of(), List.of("Closed on Monday")));
    }
}
