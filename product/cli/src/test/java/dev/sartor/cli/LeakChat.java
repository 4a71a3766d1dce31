package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// `sartor chat --model MODEL --index INDEX`: the answer and the passages that it stands on, as the terminal shows them.
///
/// @param model a name, or a folder
record LeakChat(String model) {
    private static final int CONTEXT = 8192;
    private static final Pattern SOURCE = Pattern.compile("(?m)^  \\[\\d+] ");

    /// A tiny model with random weights, which says nothing that means anything.
    static LeakChat tiny(Path folder) {
        var made = TinyTask.decoder(folder, "llama");
        var config = (ObjectNode) Json.read(made.resolve("config.json"));
        AtomicFile.write(
                made.resolve("config.json"),
                Json.pretty(config.put("max_position_embeddings", CONTEXT)));
        return new LeakChat(made.toString());
    }

    List<String> arguments(Path index, String question, int passages) {
        return List.of(
                "chat",
                "--model",
                model,
                "--index",
                index.toString(),
                "--passages",
                Integer.toString(passages),
                "--max-answer-tokens",
                "4",
                "--ask",
                question);
    }

    static long sources(String shown) {
        return SOURCE.matcher(shown).results().count();
    }
}
