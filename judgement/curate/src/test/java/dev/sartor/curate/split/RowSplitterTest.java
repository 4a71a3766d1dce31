package dev.sartor.curate.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.core.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSplitterTest {
    private static final SplitSizes USUAL = SplitSizes.shares(0.8, 0.1, 0.1);

    @Test
    void aRandomSplitHasTheSizesAskedFor() {
        var splits = RowSplitter.split(SplitRows.of(1003), USUAL, 1);
        assertThat(splits.count(Split.TRAIN)).isEqualTo(803);
        assertThat(splits.count(Split.VALIDATION)).isEqualTo(100);
        assertThat(splits.count(Split.TEST)).isEqualTo(100);
        assertThat(splits.notes()).isEmpty();
        assertThat(splits.gaps()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameSplitsAndAnotherGivesOthers() {
        var rows = SplitRows.of(200);
        assertThat(RowSplitter.split(rows, USUAL, 7)).isEqualTo(RowSplitter.split(rows, USUAL, 7));
        assertThat(RowSplitter.split(rows, USUAL, 7).ofRows())
                .isNotEqualTo(RowSplitter.split(rows, USUAL, 8).ofRows());
    }

    @Test
    void aTestSetMayBeACountOfRowsAndTrainingGetsTheRest() {
        var splits =
                RowSplitter.split(
                        SplitRows.of(5000), SplitSizes.of(Amount.share(0.1), Amount.count(628)), 1);
        assertThat(splits.count(Split.TEST)).isEqualTo(628);
        assertThat(splits.count(Split.VALIDATION)).isEqualTo(500);
        assertThat(splits.count(Split.TRAIN)).isEqualTo(3872);
    }

    /// 77 labels of uneven size, as in banking77: each has its share rounded down or up, and the sizes are exact all the same.
    @Test
    void aStratifiedSplitIsExact() {
        var labels = new ArrayList<String>();
        for (int label = 0; label < 77; label++) {
            labels.addAll(Collections.nCopies(10 + 3 * label, "intent_" + label));
        }
        Collections.shuffle(labels, new Random(5));
        var splits = RowSplitter.split(SplitRows.of(labels.size()).stratified(labels), USUAL, 3);
        var whole = counts(labels, IntStream.range(0, labels.size()).toArray());
        for (var split : Split.values()) {
            double part = split == Split.TRAIN ? 0.8 : 0.1;
            assertThat(splits.count(split))
                    .isCloseTo((int) Math.round(part * labels.size()), within(1));
            counts(labels, splits.rows(split))
                    .forEach((label, count) ->
                            assertThat((double) count)
                                    .as(label + " in " + split)
                                    .isCloseTo(
                                            splits.count(split)
                                                    * (double) whole.getOrDefault(label, 0)
                                                    / labels.size(),
                                            within(1.0)));
        }
        assertThat(splits.gaps()).isEmpty();
    }

    @Test
    void aCustomersTicketsStandOnOneSide() {
        var customers =
                IntStream.range(0, 600).mapToObj(row -> "customer " + row * 7 % 83).toList();
        var splits = RowSplitter.split(SplitRows.of(600).grouped(customers), USUAL, 1);
        assertDividesNone(splits, customers);
        assertThat(splits.count(Split.TEST)).isCloseTo(60, within(2));
    }

    /// Row 1 is of the group of row 0 and a near-duplicate of row 2, whose group so comes along.
    @Test
    void groupsThatShareNearDuplicatesBecomeOne() {
        var groups = new ArrayList<>(Collections.nCopies(100, ""));
        groups.set(0, "a");
        groups.set(1, "a");
        groups.set(2, "b");
        groups.set(3, "b");
        var clusters = IntStream.range(0, 100).map(_ -> -1).toArray();
        clusters[1] = 4;
        clusters[2] = 4;
        for (int seed = 0; seed < 20; seed++) {
            var splits =
                    RowSplitter.split(
                            SplitRows.of(100).grouped(groups).clustered(clusters),
                            SplitSizes.shares(0.4, 0.3, 0.3),
                            seed);
            assertThat(splits.ofRows().subList(0, 4)).containsOnly(splits.ofRows().getFirst());
        }
    }

    @Test
    void whereGroupsDoNotAllowTheSharesItSaysSo() {
        var labels = new ArrayList<String>();
        var groups = new ArrayList<String>();
        for (int group = 0; group < 10; group++) {
            for (int row = 0; row < 10; row++) {
                groups.add("site " + group);
                labels.add(group < 2 ? "refund" : "delivery"); // refunds come from two sites alone
            }
        }
        var splits =
                RowSplitter.split(
                        SplitRows.of(100).stratified(labels).grouped(groups),
                        SplitSizes.shares(0.8, 0.1, 0.1),
                        1);
        assertThat(splits.gaps()).isNotEmpty();
        assertThat(splits.gaps().getFirst().toString())
                .matches(
                        "label '(refund|delivery)' is [0-9.]+ % of (train|validation|test) and [0-9.]+ % of all rows");
    }

    @Test
    void aGroupLargerThanTheTestSetIsNotInItAndItSaysSo() {
        var groups =
                IntStream.range(0, 200)
                        .mapToObj(row -> row < 60 ? "acme" : "other " + row)
                        .toList();
        var splits = RowSplitter.split(SplitRows.of(200).grouped(groups), USUAL, 1);
        assertThat(splits.ofRows().getFirst()).isEqualTo(Split.TRAIN);
        assertThat(splits.notes())
                .containsExactly(
                        "group 'acme' holds 60 rows, more than the test set's 20: it is in train as a whole.");
    }

    @Test
    void theLatestRowsAreTheTest() {
        var dates =
                IntStream.range(0, 100)
                        .mapToObj(day ->
                                "2024-01-01T00:00:00Z"
                                        .replace(
                                                "01-01",
                                                String.format(
                                                        "%02d-%02d", 1 + day / 25, 1 + day % 25)))
                        .toList();
        var splits = RowSplitter.split(SplitRows.of(100).timed(dates), USUAL, 1);
        assertThat(splits.rows(Split.TEST)).isEqualTo(IntStream.range(90, 100).toArray());
        assertThat(splits.rows(Split.VALIDATION)).isEqualTo(IntStream.range(80, 90).toArray());
    }

    @Test
    void rowsOfOneDayAreNotCutApart() {
        var days = IntStream.range(0, 100).mapToObj(row -> "2024-03-0" + (1 + row / 25)).toList();
        var splits = RowSplitter.split(SplitRows.of(100).timed(days), USUAL, 1);
        assertThat(splits.rows(Split.TEST)).isEqualTo(IntStream.range(75, 100).toArray());
        assertThat(splits.rows(Split.VALIDATION)).isEqualTo(IntStream.range(50, 75).toArray());
        assertThat(splits.notes())
                .contains(
                        "test has 25 rows where 10 were asked for: rows of one time or one group are not divided.");
    }

    /// The customer's first ticket is early, its last is late: were the group in training, a row of the test's days would be trained on.
    @Test
    void aGroupIsAsLateAsItsLatestRow() {
        var years = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
        var groups = new ArrayList<>(Collections.nCopies(100, ""));
        groups.set(3, "acme");
        groups.set(99, "acme");
        var splits = RowSplitter.split(SplitRows.of(100).timed(years).grouped(groups), USUAL, 1);
        assertThat(splits.ofRows().get(3)).isEqualTo(Split.TEST);
        int latestTrained = IntStream.of(splits.rows(Split.TRAIN)).max().orElseThrow();
        assertThat(latestTrained).isLessThan(90);
    }

    @Test
    void sharesThatDoNotAddUpAreRefused() {
        assertThatThrownBy(() -> SplitSizes.shares(0.8, 0.2, 0.1))
                .hasMessage(
                        "train + validation + test must be shares that add up to 1, got 0.8 + 0.2 + 0.1 = 1.1: leave train"
                                + " out, which gives it the rest");
        assertThatThrownBy(() ->
                        RowSplitter.split(
                                SplitRows.of(100),
                                new SplitSizes(
                                        Optional.of(Amount.count(50)),
                                        Amount.count(10),
                                        Amount.count(10)),
                                1))
                .hasMessageContaining(
                        "must be as many as there are rows (100), got 50 + 10 + 10 = 70");
        assertThatThrownBy(() ->
                        RowSplitter.split(
                                SplitRows.of(500),
                                SplitSizes.of(Amount.count(0), Amount.count(628)),
                                1))
                .hasMessageContaining("validation + test must be fewer than the 500 rows");
    }

    @Test
    void anAmountIsAShareOrACount() {
        assertThat(Amount.parse("--test", "0.1")).isEqualTo(Amount.share(0.1));
        assertThat(Amount.parse("--test", "10%")).isEqualTo(Amount.share(0.1));
        assertThat(Amount.parse("--test", "628")).isEqualTo(Amount.count(628));
        assertThatThrownBy(() -> Amount.parse("--test", "a tenth"))
                .hasMessage(
                        "--test must be a share or a count of rows, got 'a tenth': 0.1 and 10% are a tenth of the rows, 500"
                                + " is 500 rows");
        assertThatThrownBy(() -> Amount.parse("--test", "1.5"))
                .hasMessageContaining("--test: a split's share must be 0 to 1, got 1.5");
    }

    @Test
    void labelsWithFewerRowsThanSplitsAreRefusedTogether() {
        var labels = new ArrayList<>(Collections.nCopies(50, "card"));
        labels.addAll(List.of("cash", "cash", "crypto"));
        assertThatThrownBy(() -> RowSplitter.split(SplitRows.of(53).stratified(labels), USUAL, 1))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(
                        "label 'cash' must have at least 3 rows to stand in each split, got 2")
                .hasMessageContaining(
                        "label 'crypto' must have at least 3 rows to stand in each split, got 1");
    }

    @Test
    void aGroupThatIsNearlyAllIsRefused() {
        var groups =
                IntStream.range(0, 100)
                        .mapToObj(row -> row < 85 ? "acme" : "other " + row)
                        .toList();
        assertThatThrownBy(() -> RowSplitter.split(SplitRows.of(100).grouped(groups), USUAL, 1))
                .hasMessage(
                        "group must be such that no group holds more rows than the largest split, 80 of 100, got group"
                                + " 'acme' with 85: split by a finer column, or ask for smaller validation and test sets");
    }

    @Test
    void datesThatCannotBeReadAreNamedByRow() {
        var dates =
                List.of("2024-05-01", "31/05/2024", "2024-05-03 10:00", "May 2024", "2024/05/04");
        var three = SplitSizes.of(Amount.count(1), Amount.count(1));
        assertThatThrownBy(() -> RowSplitter.split(SplitRows.of(5).timed(dates), three, 1))
                .hasMessageContaining("must have a number, or a date such as 2024-05-31")
                .hasMessageContaining("row 2")
                .hasMessageContaining("'31/05/2024'")
                .hasMessageContaining("row 4")
                .hasMessageContaining("2 problems");
        var mixed = List.of("2024-05-01", "17", "2024-05-03", "18", "19");
        assertThatThrownBy(() -> RowSplitter.split(SplitRows.of(5).timed(mixed), three, 1))
                .hasMessageContaining(
                        "time must be all numbers or all dates, got 3 numbers and 2 dates");
    }

    @Test
    void oneTimeForAllRowsCannotBeCut() {
        assertThatThrownBy(() ->
                        RowSplitter.split(
                                SplitRows.of(50).timed(Collections.nCopies(50, "2024")), USUAL, 1))
                .hasMessageContaining("time must be at least 3 different times");
    }

    @Test
    void aMillionRowsOfOneLabelAreSplit() {
        int rows = 1_000_000;
        var splits =
                RowSplitter.split(
                        SplitRows.of(rows).stratified(Collections.nCopies(rows, "same")), USUAL, 1);
        assertThat(splits.count(Split.TEST)).isEqualTo(100_000);
    }

    /// A thousand sets of all kinds. Where no group is more than a quarter of the test set, every label's share is within 2 points, or
    /// within a row.
    @Test
    void noSetDividesAGroupOrLosesARow() {
        int small = 0;
        for (int seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            int count = 60 + random.nextInt(400);
            int labelCount = 1 + random.nextInt(5);
            int groupSize = 1 + random.nextInt(4);
            var labels =
                    random.ints(count, 0, labelCount).mapToObj(label -> "label " + label).toList();
            var groups =
                    random.ints(count, 0, Math.max(3, count / groupSize))
                            .mapToObj(group -> group % 5 == 0 ? "" : "group " + group)
                            .toList();
            var clusters =
                    random.ints(count, -4 * count, count).map(c -> Math.max(-1, c)).toArray();
            var rows = SplitRows.of(count).stratified(labels).grouped(groups).clustered(clusters);
            var sizes = SplitSizes.shares(0.6, 0.2, 0.2);
            var splits = RowSplitter.split(rows, sizes, seed);
            assertThat(splits.ofRows()).as("seed %d", seed).hasSize(count).doesNotContainNull();
            assertDividesNone(splits, groups);
            assertDividesNone(
                    splits,
                    IntStream.of(clusters).mapToObj(c -> c < 0 ? "" : String.valueOf(c)).toList());
            var units = Units.of(rows);
            if (4 * units.sizes()[units.largest()] <= count / 5) {
                small++;
                assertThat(splits.gaps()).as("seed %d", seed).isEmpty();
                assertThat(splits.count(Split.TEST))
                        .as("seed %d", seed)
                        .isCloseTo(count / 5, within(2));
            }
            assertThat(RowSplitter.split(rows, sizes, seed)).as("seed %d", seed).isEqualTo(splits);
        }
        assertThat(small).isGreaterThan(600);
    }

    private static void assertDividesNone(RowSplits splits, List<String> groups) {
        var sides = new HashMap<String, Split>();
        for (int row = 0; row < groups.size(); row++) {
            if (!groups.get(row).isEmpty()) {
                var side = splits.ofRows().get(row);
                assertThat(sides.computeIfAbsent(groups.get(row), _ -> side))
                        .as(groups.get(row))
                        .isEqualTo(side);
            }
        }
    }

    private static Map<String, Integer> counts(List<String> labels, int[] rows) {
        var counts = new HashMap<String, Integer>();
        for (int row : rows) {
            counts.merge(labels.get(row), 1, Integer::sum);
        }
        return counts;
    }
}
