package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Texts about an animal or a star, and a tiny random decoder that can learn which.
public final class TinyTask {
    public static final Path BERT =
            Checkout.file("engine/generate/src/test/resources")
                    .resolve("embedders/mean-normalised");
    private static final Path MODELS = Checkout.file("engine/model/src/test/resources/reference");
    static final List<String> ENDS =
            List.of("sat on the mat", "is away", "may run", "were over it", "and the hi", "in all");

    /// The answer's end is learned; what is asked ends with a mark of its own.
    private static final String TEMPLATE =
            "{% for m in messages %}{{ m.content }}{{ '[SEP]' if m.role == 'assistant' else ' ; ' }}{% endfor %}";

    private TinyTask() {}

    /// Weights of one tiny model with the words of another.
    public static Path decoder(Path folder, String name) {
        var made = folder.resolve(name);
        try {
            Files.createDirectories(made);
            for (var file : List.of("config.json", "model.safetensors")) {
                copy(MODELS.resolve(name).resolve(file), made.resolve(file));
            }
            copy(BERT.resolve("tokenizer.json"), made.resolve("tokenizer.json"));
        } catch (IOException e) {
            throw SartorException.defect("no model", e);
        }
        var words = (ObjectNode) Json.read(BERT.resolve("tokenizer_config.json"));
        words.put("eos_token", "[SEP]").put("chat_template", TEMPLATE);
        AtomicFile.write(made.resolve("tokenizer_config.json"), Json.pretty(words));
        return made;
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.copy(from, to);
        }
    }

    /// @param tune keys of the section `tune`
    public static SmallProject project(Path folder, Path model, String tune) {
        var project = new SmallProject(folder);
        var rows = new StringBuilder();
        ENDS.forEach(end -> {
            rows.append(SmallProject.row("the cat " + end, "cat"));
            rows.append(SmallProject.row("the sun " + end, "sun"));
        });
        project.write("train.jsonl", rows.toString());
        project.write(
                "validation.jsonl",
                SmallProject.row("a cat ran", "cat") + SmallProject.row("a sun ran", "sun"));
        project.write(
                "test.jsonl", SmallProject.row("cat", "cat") + SmallProject.row("the sun", "sun"));
        project.write(
                "sartor.yaml",
                """
                name: desk
                model: %s
                approaches: [tune]
                tune: {batch: 4, %s}
                tasks:
                  - name: route
                    instruction: cat
                    labels: [cat, sun]
                    margin: 0.5
                    max_answer_tokens: 4
                    prompt: {system: 'a', user: '{{ question }}'}
                    train: train.jsonl
                    validation: validation.jsonl
                    test: test.jsonl
                """
                        .formatted(model, tune));
        return project;
    }
}
