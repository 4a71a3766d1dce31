package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.serve.job.FineTuningRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The project that a fine-tuning job is, as `sartor tune` reads it: a file `sartor.yaml` beside the rows.
final class TrainingProject {
    /// What the training is called.
    static final String NAME = "job";

    static final String TRAIN = "train.jsonl";
    static final String VALIDATION = "validation.jsonl";

    /// A project measures its tasks on a file; nothing is measured here.
    private static final String TEST = "test.jsonl";

    private static final double USUAL_RATE = 1e-3;
    private static final int MOST_TOKENS = 2048;

    private TrainingProject() {}

    /// @param model as the command finds it
    /// @param use what models are for, as a project file writes it
    record BaseModel(String model, String use) {}

    static void write(Path folder, String id, FineTuningRequest request, BaseModel base) {
        AtomicFile.write(
                folder.resolve(TEST),
                Json.line(
                                Map.of(
                                        "messages",
                                        List.of(
                                                turn("user", "Nothing is measured: " + id),
                                                turn("assistant", "-"))))
                        + "\n");
        AtomicFile.write(folder.resolve("sartor.yaml"), Json.pretty(file(request, base)) + "\n");
    }

    private static Map<String, String> turn(String role, String content) {
        var turn = new LinkedHashMap<String, String>();
        turn.put("role", role);
        turn.put("content", content);
        return turn;
    }

    /// JSON is YAML.
    private static Map<String, Object> file(FineTuningRequest request, BaseModel base) {
        var file = new LinkedHashMap<String, Object>();
        file.put("name", NAME);
        file.put("use", base.use());
        file.put("model", base.model());
        file.put("seed", request.method().seed());
        file.put("approaches", List.of("tune"));
        var task = new LinkedHashMap<String, Object>();
        task.put("instruction", "What the conversations say.");
        task.put("prompt", Map.of("system", "{{ '' }}", "user", "{{ question }}"));
        task.put("format", "messages");
        task.put("test", TEST);
        var tune = tune(request.method().hyperparameters());
        switch (request.method()) {
            case FineTuningRequest.Supervised _ -> {
                task.put("name", NAME);
                task.put("train", TRAIN);
                task.put("validation", VALIDATION);
                task.put("tune", tune);
            }
            case FineTuningRequest.Dpo dpo -> {
                task.put("name", "nothing");
                task.put("approaches", List.of("zero-shot"));
                file.put("trainings", List.of(training(dpo, tune)));
            }
        }
        file.put("tasks", List.of(task));
        return file;
    }

    private static Map<String, Object> training(
            FineTuningRequest.Dpo dpo, Map<String, Object> tune) {
        var training = new LinkedHashMap<String, Object>();
        training.put("name", NAME);
        training.put("objective", "dpo");
        training.put("train", TRAIN);
        dpo.beta().ifPresent(beta -> training.put("dpo_beta", beta));
        training.put("tune", tune);
        return training;
    }

    private static Map<String, Object> tune(FineTuningRequest.Hyperparameters numbers) {
        var tune = new LinkedHashMap<String, Object>();
        tune.put("method", "lora");
        tune.put("max_tokens", MOST_TOKENS);
        tune.put("save_steps", 20);
        numbers.epochs().ifPresent(count -> tune.put("epochs", count));
        numbers.batch().ifPresent(count -> tune.put("batch", count));
        numbers.rateMultiplier().ifPresent(times -> tune.put("learning_rate", times * USUAL_RATE));
        return tune;
    }
}
