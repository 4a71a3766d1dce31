package dev.sartor.tune.objective;

import dev.sartor.tune.TuneSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Which rows each step sees: every row once in each epoch, in an order that seed and epoch alone decide, so that a
/// resumed training goes on with the same ones.
public final class Batches<R> implements StepRows<R> {
    private final List<R> rows;
    private final Objective<R> objective;
    private final int size;
    private final long seed;
    private int epoch = -1;
    private List<R> order = List.of();

    public Batches(List<R> rows, Objective<R> objective, TuneSettings settings) {
        this.rows = rows;
        this.objective = objective;
        this.size = settings.batch();
        this.seed = settings.seed();
    }

    @Override
    public int inEpoch() {
        return Math.ceilDiv(rows.size(), size);
    }

    @Override
    public List<R> at(int step) {
        if (step / inEpoch() != epoch) {
            epoch = step / inEpoch();
            order = ordered(epoch);
        }
        int from = step % inEpoch() * size;
        return order.subList(from, Math.min(order.size(), from + size));
    }

    private List<R> ordered(int number) {
        var random = new SplittableRandom(seed * 1_000_003 + number + 1);
        var shuffled = new ArrayList<>(rows);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        shuffled.replaceAll(row -> objective.drawn(row, random));
        return shuffled;
    }
}
