package dev.sartor.promptsearch.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.promptsearch.answer.SearchedPrompt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolTest {
    private static Contender contender(int id, Double... values) {
        var score = List.of(values).stream().mapToDouble(Double::doubleValue).average();
        return new Contender(
                id,
                new SearchedPrompt("instruction " + id, List.of()),
                List.of(values),
                score.orElseThrow());
    }

    private static Map<Integer, Integer> drawn(Pool pool, int times) {
        var chance = new Random(1);
        var counts = new HashMap<Integer, Integer>();
        for (int i = 0; i < times; i++) {
            counts.merge(pool.drawn(chance).id(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void whoAloneSolvesAnExampleIsDrawnAsOftenAsItDoes() {
        var pool = new Pool();
        pool.add(contender(0, 1.0, 1.0, 1.0, 0.0));
        pool.add(contender(1, 0.0, 0.0, 0.0, 1.0));
        var counts = drawn(pool, 4000);
        assertThat(counts.get(0)).isBetween(2850, 3150);
        assertThat(counts.get(1)).isBetween(850, 1150);
    }

    @Test
    void whoIsTheBestNowhereAloneIsNotDrawn() {
        var pool = new Pool();
        pool.add(contender(0, 1.0, 0.0, 0.0));
        pool.add(contender(1, 1.0, 1.0, 0.0));
        assertThat(drawn(pool, 200)).containsOnlyKeys(1);
    }

    @Test
    void ofEqualPromptsTheFirstLeads() {
        var pool = new Pool();
        pool.add(contender(0, 1.0, 0.0));
        pool.add(contender(1, 0.0, 1.0));
        assertThat(pool.leader().id()).isZero();
        pool.add(contender(2, 1.0, 1.0));
        assertThat(pool.leader().id()).isEqualTo(2);
    }

    @Test
    void aPromptIsTriedOnce() {
        var pool = new Pool();
        var prompt = new SearchedPrompt("Say it.", List.of("a"));
        assertThat(pool.isNew(prompt)).isTrue();
        assertThat(pool.isNew(new SearchedPrompt("Say it.", List.of("a")))).isFalse();
        assertThat(pool.isNew(prompt.withExamples(List.of()))).isTrue();
    }
}
