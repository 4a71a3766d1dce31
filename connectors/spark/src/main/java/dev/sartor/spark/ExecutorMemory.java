package dev.sartor.spark;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Size;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.model.Precision;
import dev.sartor.model.file.ModelShapes;
import dev.sartor.model.memory.MemoryFormulas;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.memory.WeightPrecision;
import dev.sartor.tensor.machine.NativeMemory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.LoggerFactory;

/// Whether the executors' machines have room for a model beside what runs there, told before a job begins. A model's tensors
/// lie outside of the executors' heaps, and so does what they need: it is memory of the machine, or of the container.
///
/// @param host the executor's machine
/// @param executor its id
/// @param freeMib what a process there may still take
record ExecutorMemory(String host, String executor, long freeMib) implements Serializable {
    /// Rows that are computed at once, and their length in tokens: what embedding takes at a time.
    private static final int BATCH = 8;

    private static final int LENGTH = 256;

    /// Each executor is likely to be asked by one of so many tasks for each of its cores.
    private static final int ASKED = 2;

    /// Executors' machines that had room are not asked again for the same model.
    private static final Set<String> KNOWN = Collections.synchronizedSet(new HashSet<>());

    /// @throws SartorException resources are missing where a machine has no room for the model of each of its executors
    static void check(SparkContext context, UsedModel model) {
        var shape = shape(model);
        if (shape.isEmpty() || !KNOWN.add(context.applicationId() + " " + model)) {
            return;
        }
        var problems = refusals(ask(context), need(shape.get(), model.held()), model);
        if (!problems.isEmpty()) {
            KNOWN.remove(context.applicationId() + " " + model);
            throw SartorException.missing(String.join("\n", problems));
        }
    }

    static List<String> refusals(List<ExecutorMemory> executors, long need, UsedModel model) {
        var free = new HashMap<String, Long>();
        var ids = new HashMap<String, Set<String>>();
        for (var each : executors) {
            free.merge(each.host, each.freeMib, Math::min);
            ids.computeIfAbsent(each.host, _ -> new HashSet<>()).add(each.executor);
        }
        var problems = new ArrayList<String>();
        for (var host : free.keySet().stream().sorted().toList()) {
            int many = ids.getOrDefault(host, Set.of()).size();
            long all = need * many;
            if (all >> 20 > free.getOrDefault(host, 0L)) {
                problems.add(
                        model.name()
                                + " takes about "
                                + Size.mib(need)
                                + " in "
                                + model.held().word()
                                + " in each executor outside of its heap, and "
                                + host
                                + ", which runs "
                                + many
                                + ", has "
                                + free.get(host)
                                + " MiB free: run fewer executors with more cores there, give them more"
                                + " memory (spark.executor.memoryOverhead, in a container), hold the"
                                + " weights in fewer bits, or choose a smaller model.");
            }
        }
        return problems;
    }

    private static List<ExecutorMemory> ask(SparkContext context) {
        if (context.isLocal()) {
            return List.of(here());
        }
        var java = JavaSparkContext.fromSparkContext(context);
        int tasks = Math.max(ASKED, ASKED * context.defaultParallelism());
        context.setJobDescription("sartor: how much memory the executors have");
        try {
            return java.parallelize(Collections.nCopies(tasks, 0), tasks)
                    .map(_ -> here())
                    .distinct()
                    .collect();
        } finally {
            context.setJobDescription(null);
        }
    }

    private static ExecutorMemory here() {
        var environment = SparkEnv.get();
        long free =
                NativeMemory.allowedMib().orElse(Long.MAX_VALUE)
                        - NativeMemory.residentMib().orElse(0);
        return new ExecutorMemory(
                environment.blockManager().blockManagerId().host(), environment.executorId(), free);
    }

    /// Bytes.
    private static long need(ModelShape shape, Precision held) {
        var formulas = new MemoryFormulas(shape, BATCH, Math.min(LENGTH, shape.context()));
        return switch (held) {
            case INT4 -> formulas.inference(WeightPrecision.INT4).total();
            case INT8 -> formulas.inference(WeightPrecision.INT8).total();
            case BF16 -> formulas.inference(WeightPrecision.BF16).total();
            case F32 -> {
                var half = formulas.inference(WeightPrecision.BF16);
                yield half.total() + half.weights() + half.activations() + half.cache();
            }
        };
    }

    /// Empty where the model is not on this machine and nobody tells its sizes: then each executor looks when it opens it.
    private static Optional<ModelShape> shape(UsedModel model) {
        try {
            var hub = Hub.open(Caches.standard(), model.use(), Gate.closed());
            var here = hub.folder(model.name());
            if (here.isPresent()) {
                return Optional.of(ModelShapes.ofFiles(here.get()));
            }
            return hub.glance(model.name())
                    .flatMap(glance -> glance.config())
                    .map(config -> ModelShapes.of(config, model.name()));
        } catch (SartorException e) {
            LoggerFactory.getLogger(ExecutorMemory.class).info("no estimate", e);
            return Optional.empty();
        }
    }
}
