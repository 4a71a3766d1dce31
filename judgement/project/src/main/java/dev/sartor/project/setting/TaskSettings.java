package dev.sartor.project.setting;

import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.data.DataFormat;
import dev.sartor.project.yaml.Setting;
import dev.sartor.prompt.PromptTemplate;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVariant;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.Shot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One task of a project. With `labels` it is a classification; without them any text is an answer.
public record TaskSettings(
        @Setting(
                        means =
                                "What the task is called, on the command line, in the report and in `runs/`.",
                        example = "route",
                        pattern = "[a-z0-9][a-z0-9-]{0,39}",
                        rule = "lower-case letters, digits and hyphens")
                String name,
        @Setting(
                        means =
                                "What a person would be told to do, in one or a few sentences. Every candidate's prompt"
                                        + " begins with it.",
                        example = "Say which team the customer's message is for.")
                String instruction,
        @Setting(
                        means =
                                "The possible answers of a classification; the model chooses among them. Without labels"
                                        + " the task is free text.",
                        fallback = "[]",
                        example = "[billing, repair, other]")
                List<String> labels,
        @Setting(
                        means =
                                "How answers are judged. By default accuracy for a classification, token_f1 for free"
                                        + " text. With judge each answer is compared with the row's reference by the model that the"
                                        + " section judge names; validation chooses by token_f1.",
                        example = "accuracy")
                Optional<String> metric,
        @Setting(
                        means =
                                "The least score worth shipping, 0 to 1. Without it a candidate must be shown to beat the"
                                        + " baselines: the commonest answer, and for free text the best passage.",
                        example = "0.8",
                        least = 0,
                        most = 1,
                        advice = "0.8 means 80 %.")
                Optional<Double> target,
        @Setting(
                        means =
                                "Which of the labels is for what fits none of the others. It needs no training examples: a candidate"
                                        + " says it where it is not sure enough of another, by validation examples that have it.",
                        example = "other")
                Optional<String> outOfScope,
        @Setting(
                        means =
                                "The share of a candidate's answers that must be right, for labels: where it is not sure enough it"
                                        + " abstains, and the question is left to a person. Validation chooses how sure it must be.",
                        example = "0.95",
                        least = 0.5,
                        most = 0.999,
                        advice = "0.95 means that one answer of twenty may be wrong.")
                Optional<Double> precision,
        @Setting(
                        means =
                                "How much worse than the best is still good enough, 0 to 1. A small margin needs many"
                                        + " test examples: 0.05 about 630, 0.08 about 250.",
                        fallback = "0.05",
                        example = "0.05",
                        least = 0,
                        above = true,
                        most = 1,
                        advice = "0.05 means 5 points.")
                double margin,
        @Setting(
                        means =
                                "What the model should say to a question without an answer, for free text.",
                        example = "I don't know")
                Optional<String> unanswerable,
        @Setting(
                        means =
                                "The longest answer to free text, in the model's tokens. Longer answers are cut there.",
                        fallback = "32",
                        example = "32",
                        least = 1,
                        most = 8192,
                        advice = "16 to 64 suit short answers.")
                int maxAnswerTokens,
        @Setting(
                        means =
                                "Examples to learn from: for few-shot prompting and tuning. JSONL, a JSON array, CSV, Parquet or Arrow.",
                        example = "data/route/train.jsonl")
                Optional<Path> train,
        @Setting(
                        means =
                                "Examples that choose: the epoch, the number of few-shot examples and of passages. Never"
                                        + " trained on, never reported.",
                        example = "data/route/validation.jsonl")
                Optional<Path> validation,
        @Setting(
                        means =
                                "Examples that measure. Each candidate meets them once; nothing is chosen by them.",
                        example = "data/route/test.jsonl",
                        advice = "Without test examples nothing can be measured.")
                Path test,
        @Setting(
                        means =
                                "The licence of the examples, as it is to be named to whoever gets what was made of them: an"
                                        + " SPDX identifier, or a few words. Recorded with each run and written on the model"
                                        + " card; nothing is checked.",
                        example = "cc-by-4.0")
                Optional<String> licence,
        @Setting(
                        means = "What the rows look like; by default whatever the first row fits.",
                        fallback = "auto",
                        example = "text-label")
                DataFormat format,
        @Setting(
                        means =
                                "The fields' names: of text and label where rows are that, of the group in any.",
                        fallback = "{}",
                        example = "{text: message, label: team}")
                Columns columns,
        @Setting(
                        means =
                                "What to do with test rows that also stand in training or validation: refuse to start,"
                                        + " naming them; near: also where they stand nearly there, as with a word exchanged; or"
                                        + " drop the training rows and say so.",
                        fallback = "refuse",
                        example = "refuse")
                LeakageRule leakage,
        @Setting(
                        means =
                                "What to try for this task, where it differs from the project's approaches.",
                        example = "[zero-shot, tune]")
                Optional<List<ApproachName>> approaches,
        @Setting(
                        means =
                                "The prompt's own texts, in the template language. Small models want few words; the"
                                        + " standard prompt has them. Or a version of the prompt in prompts/TASK, by its"
                                        + " id, or promoted for the one that is promoted: then its instruction, texts"
                                        + " and examples count in place of the task's instruction.",
                        example = "{system: '{{ instruction }}', user: '{{ question }}'}")
                Optional<TaskPrompt> prompt,
        @Setting(
                        means =
                                "Versions of the prompt in prompts/TASK to try beside the task's own, by their ids or the"
                                        + " beginnings of these: each approach that shows a model a prompt without training it is"
                                        + " tried with each of them, too, and its candidates are called so, such as"
                                        + " zero-shot@3f2a9c81. At most 20.",
                        fallback = "[]",
                        example = "['3f2a9c81', '0b77e1d4']",
                        pattern = "[0-9a-f]{1,12}",
                        rule = "the id of a version, or its beginning",
                        advice = "`sartor prompts list` lists the versions.")
                List<PromptVariant> prompts,
        @Setting(
                        means =
                                "Few-shot settings of this task, where they differ from the project's.",
                        fallback = "{}",
                        example = "{counts: [8]}")
                FewShotSettings fewShot,
        @Setting(
                        means =
                                "Retrieval settings of this task, where they differ from the project's.",
                        fallback = "{}",
                        example = "{passages: [3]}")
                PassageSettings retrieval,
        @Setting(
                        means =
                                "Training settings of this task, where they differ from the project's.",
                        fallback = "{}",
                        example = "{epochs: 5}")
                TuningSettings tune,
        @Setting(
                        means =
                                "How this task's tuning and retrieval go together, where it differs from the project's.",
                        fallback = "{}",
                        example = "{own_training: true}")
                CombinedSettings tuneRetrieval,
        @Setting(
                        means =
                                "How the embedder becomes a classifier of this task, where it differs from the project's.",
                        fallback = "{}",
                        example = "{epochs: 8}")
                EncoderSettings encoder,
        @Setting(
                        means =
                                "How the embedder learns this task's labels from few examples, where it differs from the project's.",
                        fallback = "{}",
                        example = "{pairs: 16}")
                SetfitSettings setfit,
        @Setting(
                        means =
                                "What this task's answers are worth, where it differs from the project's value.",
                        example = "{per_right: 0.40, per_wrong: 1.50}")
                Optional<ValueSettings> value) {
    public TaskSettings {
        labels = List.copyOf(labels);
        approaches = approaches.map(List::copyOf);
        prompts = List.copyOf(prompts);
    }

    /// The names of the fields of a row that is a text with its label.
    public record Columns(
            @Setting(means = "The input's field.", fallback = "text", example = "text") String text,
            @Setting(means = "The label's field.", fallback = "label", example = "label")
                    String label,
            @Setting(
                            means =
                                    "The field of what rows share, such as a customer, a document or a day, in any format. Where the"
                                            + " test rows have it, intervals are by group.",
                            fallback = "group",
                            example = "customer")
                    String group,
            @Setting(
                            means =
                                    "The field of who would ask, such as user:ann;group:sales, in any format. In comparisons the row's"
                                            + " question is then shown only passages that he may read.",
                            fallback = "asker",
                            example = "customer_id")
                    String asker) {}

    public boolean isClassification() {
        return !labels.isEmpty();
    }

    /// The task without its files.
    public Task task() {
        return new Task(
                name,
                instruction,
                labels,
                metricName(),
                target,
                margin,
                unanswerable,
                maxAnswerTokens);
    }

    /// With other settings of its training.
    public TaskSettings with(TuningSettings changed) {
        return with(instruction, prompt, prompts, changed);
    }

    /// With other versions to try beside its own prompt.
    public TaskSettings withPrompts(List<PromptVariant> others) {
        return with(instruction, prompt, others, tune);
    }

    /// With a version of its prompt, named as it was where it was named.
    public TaskSettings with(PromptContent version) {
        boolean follows = prompt.orElse(null) instanceof NamedPrompt named && named.isPromoted();
        var named =
                new NamedPrompt(
                        follows ? NamedPrompt.PROMOTED : version.id(), Optional.of(version));
        return with(version.instruction(), Optional.of(named), prompts, tune);
    }

    /// With a version of its prompt, whichever is promoted.
    public TaskSettings pinned(PromptContent version) {
        var named = new NamedPrompt(version.id(), Optional.of(version));
        return with(version.instruction(), Optional.of(named), prompts, tune);
    }

    /// The versions that are tried beside the task's own prompt. One that is promoted, where that one counts, is the task's own.
    public List<PromptVersion> variants() {
        return prompts.stream()
                .map(PromptVariant::version)
                .filter(each -> !followsPromoted() || !each.id().equals(content().id()))
                .toList();
    }

    private TaskSettings with(
            String otherInstruction,
            Optional<TaskPrompt> otherPrompt,
            List<PromptVariant> otherPrompts,
            TuningSettings otherTune) {
        return new TaskSettings(
                name,
                otherInstruction,
                labels,
                metric,
                target,
                outOfScope,
                precision,
                margin,
                unanswerable,
                maxAnswerTokens,
                train,
                validation,
                test,
                licence,
                format,
                columns,
                leakage,
                approaches,
                otherPrompt,
                otherPrompts,
                fewShot,
                retrieval,
                otherTune,
                tuneRetrieval,
                encoder,
                setfit,
                value);
    }

    /// Whether the project file names a version of the prompt.
    public boolean isVersioned() {
        return prompt.orElse(null) instanceof NamedPrompt;
    }

    /// Whether the promoted version counts, whichever it is.
    public boolean followsPromoted() {
        return prompt.orElse(null) instanceof NamedPrompt named && named.isPromoted();
    }

    /// What the prompt says: the version that is named, else the instruction and the prompt's own texts.
    public PromptContent content() {
        var plain = PromptContent.of(instruction);
        return switch (prompt.orElse(null)) {
            case null -> plain;
            case PromptSettings own -> plain.with(own.texts());
            case NamedPrompt named ->
                    named.content()
                            .orElseThrow(() ->
                                    SartorException.defect(
                                            "the prompt of task '" + name + "' was not read"));
        };
    }

    /// The solved examples that the prompt's version shows before every question.
    public List<Shot> shownByPrompt() {
        return prompt.orElse(null) instanceof NamedPrompt named
                ? named.content().map(PromptContent::examples).orElse(List.of())
                : List.of();
    }

    public PromptTemplate template() {
        return content().template();
    }

    public String metricName() {
        return metric.orElse(isClassification() ? "accuracy" : "token_f1");
    }
}
