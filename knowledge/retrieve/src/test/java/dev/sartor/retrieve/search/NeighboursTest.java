package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Passage;
import dev.sartor.core.Readers;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static Passage passage(String id, String section, String text, double score) {
        return new Passage(
                id, id.substring(0, id.indexOf('#')), section, text, score, Readers.everyone());
    }

    @Test
    void passagesThatFollowOneAnotherAreOneAndRepeatedSentencesStandOnce() {
        var joined =
                Neighbours.joined(
                        List.of(
                                passage("b#1", "S", "Elsewhere.", 0.9),
                                passage("a#3", "S", "Third one. The end.", 0.8),
                                passage("a#1", "S", "First. Second is here.", 0.7),
                                passage("a#2", "S", "Second is here. More of it.", 0.1)));
        assertThat(joined).extracting(Passage::id).containsExactly("b#1", "a#1-3");
        assertThat(joined.get(1).text())
                .isEqualTo("First. Second is here. More of it.\n\nThird one. The end.");
        assertThat(joined.get(1).score()).isEqualTo(0.8);
    }

    @Test
    void sectionsDocumentsAndReadersStayApart() {
        var apart =
                List.of(
                        passage("a#1", "S", "One.", 4),
                        passage("a#2", "T", "Two.", 3),
                        passage("b#3", "T", "Three.", 2),
                        new Passage(
                                "b#4", "b", "T", "Four.", 1, Readers.anyOf(List.of("user:ann"))));
        assertThat(Neighbours.joined(apart)).isEqualTo(apart);
    }
}
