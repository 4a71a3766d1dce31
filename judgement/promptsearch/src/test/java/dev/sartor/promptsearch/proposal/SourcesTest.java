package dev.sartor.promptsearch.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Example;
import dev.sartor.promptsearch.Rows;
import dev.sartor.promptsearch.answer.SearchedPrompt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private static final List<Example> TRAIN = Rows.of("train", 30);

    private static Pool pool(List<String> examples, double... values) {
        var pool = new Pool();
        var list = new ArrayList<Double>();
        for (double value : values) {
            list.add(value);
        }
        var prompt = new SearchedPrompt("Say what it is about.", examples);
        pool.add(new Contender(0, prompt, list, 0.5));
        var _ = pool.isNew(prompt);
        return pool;
    }

    private static List<SearchedPrompt> all(DraftSource source, Pool pool) {
        var drafts = new ArrayList<SearchedPrompt>();
        for (var next = source.next(pool); next.isPresent(); next = source.next(pool)) {
            drafts.add(next.map(Draft::prompt).orElseThrow());
        }
        return drafts;
    }

    @Test
    void aRewriteSaysWhatEachLabelMeansByItsExamples() {
        var rewrites = all(new Rewrites(Rows.TASK, TRAIN), pool(List.of(), 1, 0));
        assertThat(rewrites).hasSize(5);
        assertThat(rewrites)
                .anySatisfy(each ->
                        assertThat(each.instruction().lines())
                                .anyMatch(line ->
                                        line.startsWith("metal means") && line.contains("apple")));
    }

    @Test
    void aRandomSetShowsEachLabelEquallyOften() {
        var sets = all(new RandomExamples(TRAIN, List.of(4), 5, 1), pool(List.of(), 1, 0));
        assertThat(sets).hasSize(5);
        var labels = TRAIN.stream().collect(Collectors.toMap(Example::id, Example::reference));
        for (var set : sets) {
            assertThat(set.examples()).hasSize(4).doesNotHaveDuplicates();
            assertThat(set.examples().stream().map(labels::get))
                    .containsExactlyInAnyOrder("fruit", "fruit", "metal", "metal");
        }
        assertThat(new HashSet<>(sets)).hasSize(5);
    }

    @Test
    void oneMoreExampleHasTheAnswerThatTheLeaderMisses() {
        var validation = Rows.of("validation", 2);
        var source = new GreedyExamples(TRAIN, validation, 4, 3, 1);
        var pool =
                pool(
                        List.of("train-0"),
                        1,
                        0); // the second, a metal that is called fruit, is wrong
        for (var prompt : all(source, pool)) {
            assertThat(prompt.examples()).startsWith("train-0").hasSize(2);
            int number = Integer.parseInt(prompt.examples().getLast().substring(6));
            assertThat(number % 2).isEqualTo(1);
        }
        assertThat(new GreedyExamples(TRAIN, validation, 1, 3, 1).next(pool)).isEmpty();
    }

    @Test
    void ordersHoldTheSameExamples() {
        var pool = pool(List.of("train-0", "train-1", "train-2"), 1, 0);
        var orders = all(new ExampleOrders(4, 1), pool);
        assertThat(orders).isNotEmpty();
        assertThat(orders.getFirst().examples()).containsExactly("train-2", "train-1", "train-0");
        assertThat(orders)
                .allSatisfy(each ->
                        assertThat(each.examples())
                                .containsExactlyInAnyOrder("train-0", "train-1", "train-2"));
        assertThat(new ExampleOrders(4, 1).next(pool(List.of("train-0"), 1, 0))).isEmpty();
    }

    @Test
    void aMergeHasTheInstructionOfOneAndTheExamplesOfTheOther() {
        var pool = pool(List.of("train-0"), 1, 0);
        var other = new SearchedPrompt("Other words.", List.of());
        pool.add(new Contender(1, other, List.of(0.0, 1.0), 0.4));
        var _ = pool.isNew(other);
        var merges = all(new Merges(5), pool);
        assertThat(merges).containsExactly(new SearchedPrompt("Other words.", List.of("train-0")));
        assertThat(new Merges(5).next(pool(List.of(), 1, 0))).isEqualTo(Optional.empty());
    }
}
