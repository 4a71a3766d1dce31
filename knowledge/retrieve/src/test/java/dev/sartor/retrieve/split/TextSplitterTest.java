package dev.sartor.retrieve.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.documents.Section;
import dev.sartor.retrieve.HashedWords;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextSplitterTest {
    private static List<TextSplitter.Piece> pieces(int limit, String... blocks) {
        return new TextSplitter(limit, HashedWords.usual()::countTokens)
                .pieces(new Section(List.of(), List.of(blocks)));
    }

    private static TextSplitter.Piece piece(String joint, String text) {
        return new TextSplitter.Piece(text, joint);
    }

    @Test
    void whatFitsStaysWhole() {
        assertThat(pieces(5, "One two. Three.", "a\nb"))
                .containsExactly(piece("\n\n", "One two. Three."), piece("\n\n", "a\nb"));
    }

    @Test
    void aListIsCutBetweenItsItemsFirst() {
        assertThat(pieces(4, "- one two. three\n- four five"))
                .containsExactly(piece("\n\n", "- one two. three"), piece("\n", "- four five"));
    }

    @Test
    void onlyTheLineThatIsTooLongIsCutFurther() {
        assertThat(pieces(3, "short\nOne two three. Four five six.\nlast"))
                .containsExactly(
                        piece("\n\n", "short"),
                        piece("\n", "One two three."),
                        piece(" ", "Four five six."),
                        piece("\n", "last"));
    }

    @Test
    void aSentenceIsCutBetweenWordsWhereNothingElseDoes() {
        assertThat(pieces(2, "one  two three"))
                .containsExactly(piece("\n\n", "one"), piece(" ", "two"), piece(" ", "three"));
    }

    @Test
    void abbreviatedNumbersDoNotEndSentences() {
        assertThat(TextSplitter.sentences("It costs 3.50 euros. Pay by card? Yes!"))
                .containsExactly("It costs 3.50 euros.", "Pay by card?", "Yes!");
    }
}
