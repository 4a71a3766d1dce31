package dev.sartor.compare.approach;

import dev.sartor.core.Readers;
import dev.sartor.project.setting.PassageSettings;
import java.util.ArrayList;

/// Who may read all that the models of a candidate were made from: a model that was trained on rows with readers passes
/// them on to whatever is made with it.
public final class ModelReaders {
    private ModelReaders() {}

    /// Of all models that a training of the candidate depends on. Candidates that share what is trained share this.
    public static Readers ofTraining(Planned planned, Engines engines) {
        return planned.trainsOnPassages()
                ? of(planned, engines)
                : engines.readers(planned.project().model());
    }

    /// Of all local models that answer for the candidate, or choose what it is shown.
    public static Readers of(Planned planned, Engines engines) {
        var models = new ArrayList<String>();
        if (planned.remote().isEmpty() && planned.name().usesModel()) {
            models.add(planned.project().model());
        }
        if (planned.usesEmbedder()) {
            models.add(planned.project().embedder());
        }
        planned.search().flatMap(PassageSettings::rerank).ifPresent(models::add);
        return models.stream().map(engines::readers).reduce(Readers.everyone(), Readers::and);
    }
}
