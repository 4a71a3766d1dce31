package dev.sartor.cli;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Tiny random models that know words.
final class TinyModels {
    static final Path BERT = Checkout.file("generate/src/test/resources/embedders/mean-normalised");

    private static final Path MODELS = Checkout.file("model/src/test/resources/reference");

    /// The answer's end is learned; what is asked ends with a mark of its own.
    private static final String TEMPLATE =
            "{% for m in messages %}{{ m.content }}{{ '[SEP]' if m.role == 'assistant' else ' ; ' }}{% endfor %}";

    private TinyModels() {}

    /// Weights of one tiny model with the words of another, in a folder of its name.
    static Path decoder(Path folder, String name) throws IOException {
        var made = folder.resolve(name);
        Files.createDirectories(made);
        for (var file : List.of("config.json", "model.safetensors")) {
            Files.copy(MODELS.resolve(name).resolve(file), made.resolve(file));
        }
        Files.copy(BERT.resolve("tokenizer.json"), made.resolve("tokenizer.json"));
        var words = (ObjectNode) Json.read(BERT.resolve("tokenizer_config.json"));
        words.put("eos_token", "[SEP]").put("chat_template", TEMPLATE);
        AtomicFile.write(made.resolve("tokenizer_config.json"), Json.pretty(words));
        return made;
    }
}
