package dev.sartor.spark;

import dev.sartor.core.Embedder;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.model.file.WeightCache;
import dev.sartor.tensor.Engine;
import dev.sartor.training.LocalEngines;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.LoggerFactory;

/// The models of this executor: each is opened once, by the first task that needs it, and shared by all tasks, which take
/// turns on the engine's one thread. It stays open between tasks; one that no task uses is closed before another is opened, and
/// all are with {@link #close}, or with the process. Safe for concurrent tasks.
final class ExecutorModels {
    private static final ExecutorModels HERE = new ExecutorModels();

    private final Map<Key, Held> open = new HashMap<>();
    private boolean begun;

    private enum Kind {
        EMBEDDER,
        RESPONDER
    }

    private record Key(Kind kind, UsedModel model) {}

    private static final class Held {
        private final Object model;
        private final AutoCloseable owner;
        private final Set<Long> tasks = new HashSet<>();

        Held(Object model, AutoCloseable owner) {
            this.model = model;
            this.owner = owner;
        }
    }

    private ExecutorModels() {}

    /// For as long as the task of this thread runs.
    static Embedder embedder(UsedModel model) {
        return HERE.leased(
                new Key(Kind.EMBEDDER, model), ExecutorModels::openEmbedder, Embedder.class);
    }

    /// The same, where its files must be those that another machine has.
    ///
    /// @param digest of these files
    static Embedder embedder(UsedModel model, String digest) {
        if (!hub(model).pull(model.name(), Progress.silent()).digest().equals(digest)) {
            throw SartorException.user(
                    "an executor has other files of "
                            + model.name()
                            + " than the machine that the job was started from, and their vectors are not"
                            + " comparable: name a model of the hub at one revision, or one folder that all"
                            + " machines share.");
        }
        return embedder(model);
    }

    /// Likewise.
    static Responder responder(UsedModel model) {
        return HERE.leased(
                new Key(Kind.RESPONDER, model), ExecutorModels::openResponder, Responder.class);
    }

    /// Closes all models. No task may run.
    static void close() {
        HERE.closeUnused(_ -> true);
    }

    private synchronized <T> T leased(Key key, Function<UsedModel, Held> opening, Class<T> type) {
        begin();
        var found = open.get(key);
        if (found == null) {
            closeUnused(held -> held.tasks.isEmpty());
            found = opening.apply(key.model);
            open.put(key, found);
        }
        var held = found;
        var task = TaskContext.get();
        if (held.tasks.add(task.taskAttemptId())) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> end(held, ended));
        }
        return type.cast(held.model);
    }

    private synchronized void end(Held held, TaskContext task) {
        held.tasks.remove(task.taskAttemptId());
    }

    private synchronized void closeUnused(Predicate<Held> isUnused) {
        open.values()
                .removeIf(held -> {
                    if (!isUnused.test(held)) {
                        return false;
                    }
                    try {
                        held.owner.close();
                    } catch (Exception e) {
                        LoggerFactory.getLogger(ExecutorModels.class).warn("closing a model", e);
                    }
                    return true;
                });
    }

    /// The options that `sartor` starts its own process with, where the executor was started without them; and as many threads
    /// as the executor was given cores, as others have work for the rest.
    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        EngineOptions.set();
        EngineOptions.cores(SparkEnv.get().conf()).ifPresent(Engine::useThreads);
    }

    private static Hub hub(UsedModel model) {
        return Hub.open(Caches.standard(), model.use(), Gate.closed());
    }

    private static Held openEmbedder(UsedModel model) {
        if (model.held().isQuantised()) {
            throw SartorException.user(
                    "weights must be f32 or bf16 for an embedder, got "
                            + model.held().word()
                            + ".");
        }
        var folder = hub(model).pull(model.name(), Progress.silent()).folder();
        var embedder = LocalEmbedder.open(model.name(), folder, model.held().computes());
        return new Held(embedder, embedder);
    }

    private static Held openResponder(UsedModel model) {
        var engines =
                new LocalEngines(hub(model), Progress.silent(), model.held(), WeightCache.none());
        return new Held(engines.base(model.name()), engines);
    }
}
