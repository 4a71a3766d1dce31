package dev.sartor.template.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTest {
    /// Every operation is done on a text, and on the same characters with one bit each.
    @Test
    void cuttingAndJoiningKeepsEachCharactersOrigin() {
        long seed = 7;
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            var builder = new TextBuilder(1000);
            var expected = new StringBuilder();
            var bits = new BitSet();
            for (int i = 0; i < 20; i++) {
                var piece = "abcdefgh".substring(random.nextInt(8));
                boolean isData = random.nextBoolean();
                if (isData) {
                    bits.set(expected.length(), expected.length() + piece.length());
                }
                builder.append(piece, isData);
                expected.append(piece);
            }
            var text = builder.text();
            int begin = random.nextInt(expected.length());
            int end = random.nextInt(begin, expected.length() + 1);
            var part = text.slice(begin, end);
            assertThat(part.string()).isEqualTo(expected.substring(begin, end));
            assertThat(bitsOf(part)).as("seed %d", seed).isEqualTo(bits.get(begin, end));
            var rejoined =
                    new TextBuilder(1000)
                            .append(text.slice(0, begin))
                            .append(part)
                            .append(text.sliceFrom(end))
                            .text();
            assertThat(bitsOf(rejoined)).as("seed %d", seed).isEqualTo(bits);
        }
    }

    private static BitSet bitsOf(Text text) {
        var bits = new BitSet();
        text.rendered().data().forEach(span -> bits.set(span.begin(), span.end()));
        return bits;
    }

    @Test
    void neighbouringDataIsOneSpan() {
        var text =
                new TextBuilder(100).append("a", true).append("", false).append("b", true).text();
        assertThat(text.rendered().data()).containsExactly(new Span(0, 2));
    }

    @Test
    void positionsCountCodePoints() {
        var text = Text.own("a🦙b");
        assertThat(text.codePoints()).isEqualTo(3);
        assertThat(text.position(2)).isEqualTo(3);
        assertThat(text.characters()).extracting(Object::toString).containsExactly("a", "🦙", "b");
    }

    @Test
    void aBuilderRefusesToGrowBeyondItsLimit() {
        var builder = new TextBuilder(3).append("abc");
        assertThatThrownBy(() -> builder.append("d")).hasMessageContaining("beyond 3 characters");
        assertThatThrownBy(() -> builder.repeat("ab", Integer.MAX_VALUE))
                .hasMessageContaining("beyond 3 characters");
        assertThat(builder.text().string()).isEqualTo("abc");
    }

    @Test
    void aSpanIsNeverBackwards() {
        assertThatThrownBy(() -> new Span(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Span(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void touchingIsOverlappingNotMeeting() {
        var rendered =
                new TextBuilder(100)
                        .append("ab")
                        .append("cd", true)
                        .append("ef")
                        .append("gh", true)
                        .text()
                        .rendered();
        assertThat(rendered.touchesData(0, 2)).isFalse();
        assertThat(rendered.touchesData(4, 6)).isFalse();
        assertThat(rendered.touchesData(3, 5)).isTrue();
        assertThat(rendered.touchesData(5, 7)).isTrue();
        assertThat(rendered.touchesData(0, 8)).isTrue();
        assertThat(rendered.touchesData(8, 9)).isFalse();
        assertThat(rendered.touchesData(3, 3)).isFalse();
    }
}
