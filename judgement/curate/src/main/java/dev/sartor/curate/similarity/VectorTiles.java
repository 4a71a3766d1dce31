package dev.sartor.curate.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Vectors of unit length, in tiles of {@value #COLUMNS} that are turned around, so that one vector is multiplied with a whole tile by
/// vector instructions.
public final class VectorTiles {
    /// What a product in 32 bits may be off by.
    private static final double ROUNDING = 1e-4;

    private static final int COLUMNS = 64;

    private final int width;
    private final List<float[][]> tiles = new ArrayList<>();
    private int count;

    public VectorTiles(int width) {
        this.width = width;
    }

    /// Called by one thread.
    public void add(float[] unit) {
        int column = count % COLUMNS;
        if (column == 0) {
            tiles.add(new float[width][COLUMNS]);
        }
        var tile = tiles.getLast();
        for (int i = 0; i < width; i++) {
            tile[i][column] = unit[i];
        }
        count++;
    }

    public int count() {
        return count;
    }

    /// Told of each vector that may be so near; called from several threads with consumers of their own.
    public interface Found {
        /// @param asked which of the vectors asked for
        /// @param number which of those added, from 0
        void near(int asked, int number);
    }

    /// Finds what is near to each of some vectors. A tile is multiplied with all of them while the processor's cache has it.
    public void near(float[][] units, double cosine, Found found) {
        float least = (float) (cosine - ROUNDING);
        var products = new float[COLUMNS];
        for (int t = 0; t < tiles.size(); t++) {
            int columns = Math.min(COLUMNS, count - t * COLUMNS);
            for (int asked = 0; asked < units.length; asked++) {
                multiply(units[asked], tiles.get(t), products);
                for (int column = 0; column < columns; column++) {
                    if (products[column] >= least) {
                        found.near(asked, t * COLUMNS + column);
                    }
                }
            }
        }
    }

    private void multiply(float[] unit, float[][] tile, float[] products) {
        Arrays.fill(products, 0);
        int i = 0;
        for (; i + 3 < width; i += 4) {
            addFour(products, unit, tile, i);
        }
        for (; i < width; i++) {
            for (int column = 0; column < COLUMNS; column++) {
                products[column] += unit[i] * tile[i][column];
            }
        }
    }

    /// Four rows at once, so that the sums are read and written once. The compiler makes vector instructions of a loop in which all
    /// arrays are read at one place.
    private static void addFour(float[] products, float[] unit, float[][] tile, int i) {
        float a = unit[i];
        float b = unit[i + 1];
        float c = unit[i + 2];
        float d = unit[i + 3];
        var first = tile[i];
        var second = tile[i + 1];
        var third = tile[i + 2];
        var fourth = tile[i + 3];
        for (int j = 0; j < COLUMNS; j++) {
            products[j] += (a * first[j] + b * second[j]) + (c * third[j] + d * fourth[j]);
        }
    }
}
