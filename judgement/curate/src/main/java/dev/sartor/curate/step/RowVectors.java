package dev.sartor.curate.step;

import java.util.List;

/// Vectors of unit length of rows' texts.
public interface RowVectors {
    /// @return one for each row, in their order
    List<float[]> of(StepRows rows);

    /// Which embedder they are from; part of the recipe of steps that go by them.
    String embedder();
}
