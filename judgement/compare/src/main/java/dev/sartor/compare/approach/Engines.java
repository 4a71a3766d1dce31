package dev.sartor.compare.approach;

import dev.sartor.core.Embedder;
import dev.sartor.core.Readers;
import dev.sartor.core.Reranker;
import dev.sartor.core.Responder;
import dev.sartor.core.Validation;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.memory.MemoryPlan;
import dev.sartor.tune.memory.TuningPlan;
import dev.sartor.tune.rank.Ranks;
import dev.sartor.tune.trainer.SettingsSearch;
import java.nio.file.Path;

/// What a comparison needs of the rooms that run models. A model is named as in the project file. Whatever is opened here
/// is closed by whoever asked for it.
public interface Engines {
    /// The model as it is: it answers the messages that it is given and adds none.
    Responder base(String model);

    /// The model as a tuning left it.
    ///
    /// @param folder what {@link #tune} wrote: an adapter, which is put on the model, or a whole model
    Responder tuned(String model, Path folder);

    Embedder embedder(String name);

    /// What judges passages: a cross-encoder, or a model that writes text, as the model's own configuration says.
    Reranker reranker(String name);

    /// Trains the model on a task, or goes on from the newest checkpoint in the request's folder.
    ///
    /// @param validation measured after each epoch; the epoch that scores best is kept
    /// @throws dev.sartor.core.SartorException of the kind STOPPED once a checkpoint is written, where a stop was asked for
    TunedAdapter tune(
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation cancellation);

    /// Trains the model on a task to a share of the steps and measures it there; asked for a larger share, it goes on from
    /// there in the request's folder.
    ///
    /// @param share over 0 and at most 1; at 1 the result is written as {@link #tune} writes it
    /// @throws dev.sartor.core.SartorException as {@link #tune} does, but not where the training came to nothing
    SettingsSearch.Measured tuneTo(
            double share,
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation cancellation);

    /// Trains the model on rows that are no task's, or goes on from the newest checkpoint in the request's folder.
    ///
    /// @throws dev.sartor.core.SartorException as {@link #tune} does
    TunedAdapter train(TrainingRequest request, Progress progress, Cancellation cancellation);

    /// What {@link #tune} would do; nothing is trained, and nothing but the model is loaded.
    ///
    /// @param validationRows examples that each measurement would answer
    Plan plan(TuningRequest request, int validationRows);

    /// @param settings of the training
    /// @param machineGflops that this process reaches with its threads
    /// @param memory of the process at its peak
    /// @param ranks that divide the steps, of which this process is one
    record Plan(
            TuningPlan training,
            TuneSettings settings,
            double machineGflops,
            MemoryPlan memory,
            Divided ranks) {}

    /// @param ranks processes that share each step
    /// @param machines that they run on
    record Divided(int ranks, int machines) {
        public static final Divided ALONE = new Divided(1, 1);

        public static Divided of(Ranks ranks) {
            return new Divided(ranks.count(), ranks.count() / ranks.here());
        }
    }

    /// Who may read all that a model or embedder was made from; everyone for one that was published.
    Readers readers(String model);

    /// A digest of the files of a model or embedder: other files give other answers.
    String digest(String model);

    /// The model's licence: an SPDX identifier in lower case, `own` for files that the user brought.
    String licence(String model);

    /// How many parameters the model has.
    long parameters(String model);

    /// How many threads share a sum: with more or fewer of them its last bits differ.
    int threads();

    /// This machine's measured speed of large bf16 matrix products, in 10⁹ operations a second; 0 where nobody measured.
    double gflops();
}
