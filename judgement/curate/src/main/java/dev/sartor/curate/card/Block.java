package dev.sartor.curate.card;

import java.util.List;
import java.util.Optional;

/// A piece of a card, without any mark-up.
sealed interface Block {
    /// @param level 1 for the title
    record Heading(int level, String text) implements Block {}

    record Paragraph(String text) implements Block {}

    /// @param alignedRight the columns of figures, by number
    record Table(List<String> head, List<List<String>> rows, List<Integer> alignedRight)
            implements Block {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
            alignedRight = List.copyOf(alignedRight);
        }
    }

    /// @param answer empty where nobody gave one
    record Asked(String question, Optional<String> answer) implements Block {}
}
