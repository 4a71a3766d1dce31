package dev.sartor.compare.builtin;

import dev.sartor.classify.NearestRows;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// An approach that answers by the embedder's vectors of the training examples, without a language model.
interface OnExampleVectors extends OnExamples {
    @Override
    default boolean usesEmbedder(TaskSettings task) {
        return true;
    }

    @Override
    default double share(Planned planned, Workbench workbench) {
        return workbench.examplesSeconds(planned);
    }

    /// The training examples that have a label, where it is to be told whether any label fits a question; else empty.
    ///
    /// @param vectors of all training examples, in their order
    static Optional<NearestRows> fitting(Planned planned, List<float[]> vectors) {
        return planned.settings()
                .outOfScope()
                .map(label -> labelled(planned, vectors, label))
                .filter(some -> !some.isEmpty())
                .map(NearestRows::new);
    }

    private static List<float[]> labelled(
            Planned planned, List<float[]> vectors, String outOfScope) {
        var train = planned.data().train();
        return IntStream.range(0, train.size())
                .filter(i -> !train.get(i).reference().equals(outOfScope))
                .mapToObj(vectors::get)
                .toList();
    }
}
