package dev.sartor.model.file;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.work.Progress;
import dev.sartor.model.gguf.TransformersConfig;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tokenizer.file.TokenizerFiles;
import dev.sartor.weights.FileBytes;
import dev.sartor.weights.gguf.WeightType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// A model as a directory that transformers loads: config.json, safetensors, and the tokenizer's files.
final class FolderExport {
    /// What stands beside the weights and says nothing of them.
    private static final List<String> COMPANIONS =
            List.of(
                    "generation_config.json",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "tokenizer.model",
                    "spiece.model",
                    "sentencepiece.bpe.model",
                    "vocab.json",
                    "merges.txt",
                    "vocab.txt",
                    "chat_template.jinja",
                    "chat_template.json",
                    "LICENSE",
                    "NOTICE");

    private final ExportedModel model;
    private final ModelExport.Request request;
    private final Progress progress;
    private final List<String> said = new ArrayList<>();

    FolderExport(ExportedModel model, ModelExport.Request request, Progress progress) {
        this.model = model;
        this.request = request;
        this.progress = progress;
        request.type().ifPresent(WeightType::safetensors);
    }

    /// @param most bytes of tensors in one file
    ModelExport.Outcome write(Path out, long most) {
        var slots = new ArrayList<SafetensorsStream.Slot>();
        for (var name : model.shapes().sequencedKeySet()) {
            if (!isTwiceTheSame(name)) {
                slots.add(new SafetensorsStream.Slot(name, model.storedShape(name), type(name)));
            }
        }
        long bytes = slots.stream().mapToLong(SafetensorsStream.Slot::bytes).sum();
        NewFolder.write(
                out,
                folder -> {
                    ReadersFile.write(folder, request.readers());
                    request.card()
                            .ifPresent(text -> AtomicFile.write(folder.resolve("README.md"), text));
                    AtomicFile.write(folder.resolve("config.json"), Json.pretty(config()));
                    companions(folder);
                    try (var step = progress.begin("writing the weights", bytes, "bytes")) {
                        SafetensorsStream.write(
                                folder,
                                slots,
                                most,
                                (slot, file) -> {
                                    Engine.call(() -> {
                                        try (var _ = TensorScope.open()) {
                                            var tensor =
                                                    model.asStored(slot.name())
                                                            .to(DType.F32)
                                                            .contiguous();
                                            slot.type().write(slot.name(), tensor.memory(), file);
                                        }
                                        return true;
                                    });
                                    step.advance(slot.bytes());
                                });
                    }
                });
        int changed = (int) slots.stream().filter(slot -> model.changes(slot.name())).count();
        return new ModelExport.Outcome(
                slots.size(),
                changed,
                bytes,
                request.type().map(Enum::name).orElse(model.mostly().name()),
                said);
    }

    /// A head that is the table, stored once more.
    private boolean isTwiceTheSame(String name) {
        return model.head().tied() && !model.head().parts() && name.equals(model.head().name());
    }

    private WeightType type(String name) {
        return request.type()
                .orElseGet(() ->
                        switch (model.type(name)) {
                            case F16 -> WeightType.F16;
                            case BF16 -> WeightType.BF16;
                            default -> WeightType.F32;
                        });
    }

    private ObjectNode config() {
        boolean made = model.gguf().isPresent();
        var config =
                made
                        ? TransformersConfig.of(model.config(), model.gguf().get())
                        : model.config().json();
        if (model.head().parts()) {
            config.put("tie_word_embeddings", false);
            said.add(
                    "The adapter changes the table of tokens or the head, which were one matrix: they are two now");
        }
        if (made || request.type().isPresent()) {
            var type =
                    switch (type(model.shapes().sequencedKeySet().getFirst())) {
                        case F16 -> "float16";
                        case BF16 -> "bfloat16";
                        case F32, Q8_0, Q4_0 -> "float32";
                    };
            config.put(config.has("torch_dtype") ? "torch_dtype" : "dtype", type);
        }
        return config;
    }

    private void companions(Path folder) {
        if (model.gguf().isPresent()) {
            var metadata = model.gguf().get().metadata();
            if (TokenizerFiles.has(metadata)) {
                TokenizerFiles.of(metadata).write(folder);
            } else {
                said.add("The GGUF file holds no tokenizer, so the directory has none either");
            }
            return;
        }
        try {
            boolean words = false;
            for (var name : COMPANIONS) {
                var file = model.path().resolve(name);
                if (Files.isRegularFile(file)) {
                    var content = Files.readAllBytes(file);
                    AtomicFile.write(folder.resolve(name), sink -> sink.write(content));
                    words |=
                            name.toLowerCase(Locale.ROOT).startsWith("tokenizer")
                                    || name.startsWith("vocab");
                }
            }
            if (!words) {
                said.add("The model's folder holds no tokenizer, so this one has none either");
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(model.path(), e);
        }
    }
}
