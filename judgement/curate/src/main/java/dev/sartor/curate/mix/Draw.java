package dev.sartor.curate.mix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Draws rows of one set: whole shuffles of it one after the other, so that no row stands a second time before each has stood once.
public final class Draw {
    private Draw() {}

    /// @param size of the set
    /// @param count how many rows are drawn
    /// @return numbers of rows, in the order in which they were drawn
    public static int[] of(int size, int count, Random random) {
        var drawn = new int[count];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        for (int at = 0; at < count; at++) {
            if (at % size == 0) {
                Collections.shuffle(order, random);
            }
            drawn[at] = order.get(at % size);
        }
        return drawn;
    }
}
