package dev.sartor.curate.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.similarity.MatchKind;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactDuplicatesTest {
    private static List<Duplicate> find(boolean folded, String... texts) {
        return ExactDuplicates.find(texts.length, row -> texts[row], folded, Progress.silent());
    }

    @Test
    void theEarliestOfEqualRowsStays() {
        assertThat(find(false, "one", "two", "one", "One.", "one"))
                .containsExactly(
                        new Duplicate(2, 0, 0, MatchKind.EXACT, 1),
                        new Duplicate(4, 0, 0, MatchKind.EXACT, 1));
    }

    @Test
    void caseSpaceAndPunctuationFoldAway() {
        assertThat(find(true, "Is it so?", "it is", "is it, SO", "Is it so?", "isitso"))
                .containsExactly(
                        new Duplicate(2, 0, 0, MatchKind.FOLDED, 1),
                        new Duplicate(3, 0, 0, MatchKind.EXACT, 1),
                        new Duplicate(4, 0, 0, MatchKind.FOLDED, 1));
    }

    @Test
    void rowsOfMarksAloneStayApart() {
        assertThat(find(true, "?", "!", "…", "?")).extracting(Duplicate::row).containsExactly(3);
    }

    @Test
    void rowsWithoutTextAreTheSame() {
        assertThat(find(true, "", "a", "")).extracting(Duplicate::row).containsExactly(2);
    }

    @Test
    void nothingIsFoundInNothing() {
        assertThat(find(true)).isEmpty();
        assertThat(find(true, "a")).isEmpty();
    }

    @Test
    void aHundredThousandEqualRowsLeaveOne() {
        var rows = Collections.nCopies(100_000, "the same row again and again");
        var found = ExactDuplicates.find(rows.size(), rows::get, true, Progress.silent());
        assertThat(found).hasSize(99_999).allMatch(each -> each.kept() == 0);
    }
}
