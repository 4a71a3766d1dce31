package dev.sartor.curate.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapsTest {
    private record Ranked(int start, int end, int rank) implements Span {}

    private static final Comparator<Ranked> RANK = Comparator.comparingInt(Ranked::rank);

    @Test
    void theFirstByPrecedenceStaysAndWithItAllThatDoNotOverlapIt() {
        var spans =
                List.of(
                        new Ranked(5, 12, 1),
                        new Ranked(0, 6, 2),
                        new Ranked(11, 20, 3),
                        new Ranked(12, 14, 4),
                        new Ranked(30, 31, 9));
        assertThat(Overlaps.resolved(spans, RANK))
                .containsExactly(
                        new Ranked(5, 12, 1), new Ranked(12, 14, 4), new Ranked(30, 31, 9));
    }

    @Test
    void nothingStaysOfNothing() {
        assertThat(Overlaps.resolved(List.<Ranked>of(), RANK)).isEmpty();
    }

    /// 200,000 spans of which each overlaps the next: comparing all pairs would be 2·10¹⁰ looks.
    @Test
    void aLongChainTakesNoLongerThanSortingIt() {
        var spans = new ArrayList<Ranked>();
        for (int i = 0; i < 200_000; i++) {
            spans.add(new Ranked(i * 2, i * 2 + 3, i % 7));
        }
        var resolved = Overlaps.resolved(spans, RANK);
        for (int i = 1; i < resolved.size(); i++) {
            assertThat(resolved.get(i - 1).end()).isLessThanOrEqualTo(resolved.get(i).start());
        }
        assertThat(resolved).hasSizeGreaterThan(80_000);
    }
}
