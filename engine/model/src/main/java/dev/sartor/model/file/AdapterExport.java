package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.work.Progress;
import dev.sartor.model.adapter.AdapterSum;
import dev.sartor.model.adapter.PeftConfig;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraRanks;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.LoraTargets;
import dev.sartor.model.network.ModuleNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.SafetensorsType;
import dev.sartor.weights.safetensors.Safetensors;
import dev.sartor.weights.safetensors.SafetensorsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Several adapters as one: their ranks stand side by side, each adapter's scale and factor in its B, so that the one's change
/// is the sum of theirs. Modules that they hold whole are added up as the merged model has them.
final class AdapterExport {
    private final ExportedModel model;
    private final AdapterSum sum;
    private final ModelExport.Request request;
    private final Progress progress;
    private final Map<String, Safetensors.Entry> tensors = new TreeMap<>();
    private final Map<String, Integer> ranks = new TreeMap<>();
    private final List<String> saved = new ArrayList<>();

    AdapterExport(
            ExportedModel model, AdapterSum sum, ModelExport.Request request, Progress progress) {
        this.model = model;
        this.sum = sum;
        this.request = request;
        this.progress = progress;
    }

    ModelExport.Outcome write(Path out) {
        refuseWhatCannotBe();
        try (var step = progress.begin("adding up the adapters", sum.modules().size(), "modules")) {
            for (var module : sum.modules()) {
                Engine.run(() -> {
                    try (var _ = TensorScope.open()) {
                        add(module);
                    }
                });
                step.advance(1);
            }
        }
        NewFolder.write(
                out,
                folder -> {
                    ReadersFile.write(folder, request.readers());
                    SafetensorsWriter.write(folder.resolve(PeftFolder.WEIGHTS), tensors);
                    request.card()
                            .ifPresent(text -> AtomicFile.write(folder.resolve("README.md"), text));
                    AtomicFile.write(folder.resolve(PeftConfig.NAME), Json.pretty(config()));
                });
        long bytes = tensors.values().stream().mapToLong(entry -> entry.bytes().byteSize()).sum();
        return new ModelExport.Outcome(
                tensors.size(),
                tensors.size(),
                bytes,
                "F32",
                List.of("The highest rank is " + highest()));
    }

    private void refuseWhatCannotBe() {
        if (sum.terms().isEmpty()) {
            throw SartorException.user(
                    "--as peft needs adapters to add up: name them with --adapter");
        }
        if (request.unmerge() || request.type().isPresent()) {
            throw SartorException.user(
                    "--as peft takes neither --unmerge nor --type: it adds up adapters, in F32");
        }
        for (var term : sum.terms()) {
            var settings = term.adapter().settings();
            if (settings.dora() || settings.biases() != LoraSettings.Biases.NONE) {
                throw SartorException.user(
                        "adapter "
                                + term.adapter().folder()
                                + (settings.dora() ? " has magnitudes (DoRA)" : " replaces biases")
                                + " and cannot be added to others: merge it, --as hf or gguf");
            }
        }
    }

    private void add(String module) {
        boolean table = has(module, "lora_embedding_A");
        if (!table && !has(module, "lora_A.weight")) {
            saved.add(module);
            for (var kind : List.of("weight", "bias")) {
                if (model.changes(module + "." + kind)) {
                    put(module, kind, model.arranged(module + "." + kind));
                }
            }
            return;
        }
        var a = table ? "lora_embedding_A" : "lora_A.weight";
        var b = table ? "lora_embedding_B" : "lora_B.weight";
        var ofA = new ArrayList<Tensor>();
        var ofB = new ArrayList<Tensor>();
        for (var term : sum.terms()) {
            term.tensor(module, a).ifPresent(ofA::add);
            term.tensor(module, b)
                    .ifPresent(each -> ofB.add(each.times(term.scale(module) * term.factor())));
            if (term.whole(module, "weight").isPresent()
                    || (term.tensor(module, a).isEmpty() && has(term, module))) {
                throw SartorException.user(
                        "module "
                                + module
                                + " is held whole by one adapter and changed by low rank by another: they cannot be one adapter."
                                + " Merge them, --as hf or gguf");
            }
        }
        var joined = Tensors.concat(0, ofA);
        ranks.put(module, (int) joined.size(0));
        put(module, a, joined);
        put(module, b, Tensors.concat(1, ofB));
    }

    private boolean has(String module, String name) {
        return sum.terms().stream()
                .anyMatch(term ->
                        term.adapter()
                                .tensors()
                                .names()
                                .contains(LoraLayout.PREFIX + module + "." + name));
    }

    private static boolean has(AdapterSum.Term term, String module) {
        return term.whole(module, "weight").isPresent();
    }

    private void put(String module, String name, Tensor tensor) {
        var dense = tensor.to(DType.F32).contiguous();
        tensors.put(
                LoraLayout.PREFIX + module + "." + name,
                new Safetensors.Entry(
                        SafetensorsType.F32,
                        Arrays.stream(dense.shape()).boxed().toList(),
                        MemorySegment.ofArray(dense.memory().toArray(ValueLayout.JAVA_BYTE))));
    }

    private int highest() {
        return ranks.values().stream().mapToInt(rank -> rank).max().orElse(1);
    }

    private Map<String, Object> config() {
        int rank = highest();
        var rankPattern = new TreeMap<String, Integer>();
        var alphaPattern = new TreeMap<String, Double>();
        ranks.forEach((module, own) -> {
            if (own != rank) {
                rankPattern.put(module, own);
                alphaPattern.put(module, (double) own);
            }
        });
        var first =
                Json.read(sum.folders().getFirst().resolve(PeftConfig.NAME))
                        .path("task_type")
                        .asString("CAUSAL_LM");
        var targets =
                LoraTargets.of(new ModuleNames.Listed(List.copyOf(ranks.keySet()))).saving(saved);
        return PeftConfig.of(
                LoraSettings.plain(
                        targets, new LoraRanks(rank, rank, false, rankPattern, alphaPattern)),
                ranks.keySet(),
                new PeftFolder.Origin(request.name(), first, 0));
    }
}
