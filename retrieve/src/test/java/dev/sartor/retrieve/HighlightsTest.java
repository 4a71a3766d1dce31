package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HighlightsTest {
    private static List<String> marked(String question, Analysis analysis, String text) {
        return Highlights.of(question, analysis).in(text).stream()
                .map(span -> text.substring(span.from(), span.to()))
                .toList();
    }

    @Test
    void wordsAreMarkedAsTheSearchComparesThem() {
        var text = "The bills: each bill is due. Billing 𝄞 the BILL\u2019s copy.";
        assertThat(marked("the bills", Analysis.ENGLISH, text))
                .containsExactly("bills", "bill", "Billing", "BILL\u2019s");
        assertThat(marked("the bills", Analysis.ANY, text)).containsExactly("The", "bills", "the");
        assertThat(marked("nothing of it", Analysis.ENGLISH, text)).isEmpty();
        assertThat(marked("", Analysis.ENGLISH, text)).isEmpty();
    }
}
