package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.core.Readers;
import dev.sartor.retrieve.text.Analysis;
import java.util.List;
import org.junit.jupiter.api.Test;

class HighlightsTest {
    private static List<String> marked(
            String question, Analysis analysis, String language, String text) {
        var passage =
                new Passage("a#1", "a", "", text, 1, Readers.everyone(), Pages.none(), language);
        return new Highlights(question, analysis)
                .in(passage).stream().map(span -> text.substring(span.from(), span.to())).toList();
    }

    @Test
    void wordsAreMarkedAsTheSearchComparesThem() {
        var text = "The bills: each bill is due. Billing 𝄞 the BILL\u2019s copy.";
        assertThat(marked("the bills", Analysis.ENGLISH, "", text))
                .containsExactly("bills", "bill", "Billing", "BILL\u2019s");
        assertThat(marked("the bills", Analysis.ANY, "", text))
                .containsExactly("The", "bills", "the");
        assertThat(marked("nothing of it", Analysis.ENGLISH, "", text)).isEmpty();
        assertThat(marked("", Analysis.ENGLISH, "", text)).isEmpty();
        assertThat(marked("the bills", Analysis.AUTO, "english", text)).hasSize(4);
        assertThat(marked("the bills", Analysis.AUTO, "any", text)).hasSize(3);
    }

    @Test
    void pairsOfSignsThatOverlapAreMarkedOnce() {
        assertThat(marked("契約書", Analysis.AUTO, "cjk", "契約書は三か月前に")).containsExactly("契約書");
    }
}
