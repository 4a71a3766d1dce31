package dev.sartor.promptsearch.proposal;

import dev.sartor.core.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/// Training examples by their answers. For free text, where answers hardly repeat, it is a plain draw.
final class Strata {
    private final List<List<Example>> strata;

    private Strata(List<List<Example>> strata) {
        this.strata = strata;
    }

    static Strata of(List<Example> training) {
        var byAnswer = new LinkedHashMap<String, List<Example>>();
        training.forEach(each ->
                byAnswer.computeIfAbsent(each.reference(), _ -> new ArrayList<>()).add(each));
        return new Strata(List.copyOf(byAnswer.values()));
    }

    /// So many examples in random order, of as many answers as there are, and of each equally many.
    List<String> drawn(int count, Random chance) {
        var order = new ArrayList<List<Example>>();
        strata.forEach(each -> order.add(shuffled(each, chance)));
        Collections.shuffle(order, chance);
        var drawn = new ArrayList<String>();
        for (int round = 0; drawn.size() < count; round++) {
            int before = drawn.size();
            for (var each : order) {
                if (round < each.size() && drawn.size() < count) {
                    drawn.add(each.get(round).id());
                }
            }
            if (drawn.size() == before) {
                break; // there are no more
            }
        }
        Collections.shuffle(drawn, chance);
        return drawn;
    }

    private static List<Example> shuffled(List<Example> examples, Random chance) {
        var shuffled = new ArrayList<>(examples);
        Collections.shuffle(shuffled, chance);
        return shuffled;
    }
}
