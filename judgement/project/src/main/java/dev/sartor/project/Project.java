package dev.sartor.project;

import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.project.curation.CurateSettings;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.CombinedSettings;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.EncoderSettings;
import dev.sartor.project.setting.FewShotSettings;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.SetfitSettings;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.TuningSettings;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.project.yaml.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A project as `sartor.yaml` states it: what is to be done, with which data and models, and what it may cost.
public record Project(
        @Setting(
                        means =
                                "What the project is called. Shown in the report, and tells projects apart in a server's"
                                        + " state; names nothing on disk.",
                        example = "help-desk",
                        advice = "A short name is enough.")
                String name,
        @Setting(
                        means =
                                "What the result is for. A model whose licence does not allow that use is refused,"
                                        + " naming the clause.",
                        fallback = "commercial",
                        example = "commercial")
                Use use,
        @Setting(
                        means =
                                "The model to fit: a name from `sartor models list`, owner/name[@revision] on the hub,"
                                        + " or a folder. Start with the smallest: the comparison shows whether it will do.",
                        fallback = "smollm2-135m-instruct",
                        example = "smollm2-135m-instruct")
                String model,
        @Setting(
                        means =
                                "Further models to fit, named as model is: each approach with a language model is tried on each of"
                                        + " them, too, and its candidates are called by the last part of the model's name. The"
                                        + " verdict then says which model is small enough.",
                        fallback = "[]",
                        example = "[smollm2-360m-instruct]",
                        advice = "Name others than model, each once.")
                List<String> models,
        @Setting(
                        means =
                                "How the model's weights are held when it answers. int8 takes about half the memory of"
                                        + " bf16 and is faster with several questions at once; answers differ a little,"
                                        + " and `sartor bench weights` measures how much. How they are held in a training is tune.weights.",
                        fallback = "bf16",
                        example = "int8")
                Precision weights,
        @Setting(
                        means =
                                "The model that turns texts into vectors, for retrieval and for choosing few-shot"
                                        + " examples. Larger ones find more and index more slowly.",
                        fallback = "all-minilm-l6-v2",
                        example = "all-minilm-l6-v2")
                String embedder,
        @Setting(
                        means =
                                "The folder with the documents that retrieval searches: Markdown, HTML, PDF, DOCX, text; or an"
                                        + " index that `sartor index` made, of which each asker is shown what he may read."
                                        + " Needed for the approaches retrieval, few-shot+retrieval, tune+retrieval and long-context; the last takes a"
                                        + " folder.",
                        example = "documents",
                        leads = Setting.Leads.FOLDER)
                Optional<Path> documents,
        @Setting(
                        means =
                                "What to try, of what suits a task. Each one costs a pass over the test examples; tuning costs"
                                        + " training as well. tfidf (labels by the words of a text) needs no model at all;"
                                        + " nearest (the answer of the nearest training examples) and linear"
                                        + " (labels by logistic regression) go by the embedder's vectors alone, tfidf+linear by both; setfit"
                                        + " teaches the embedder which of few training examples have the same label, encoder"
                                        + " fine-tunes it into a classifier; extractive quotes the documents' sentence"
                                        + " that is nearest to the question, cascade asks a cheap candidate first and a dearer one where"
                                        + " that is not sure. long-context puts all documents before each question, where they fit into the"
                                        + " model's window; few-shot+retrieval puts solved examples before the question and its"
                                        + " passages. These two are tried only where they are named.",
                        fallback =
                                "[tfidf, nearest, linear, tfidf+linear, setfit, encoder, extractive, zero-shot, few-shot, retrieval, tune, tune+retrieval, cascade]",
                        example = "[zero-shot, few-shot, tune]")
                List<ApproachName> approaches,
        @Setting(
                        means =
                                "Whether candidates race for the test examples: whoever is shown, on growing parts of the validation"
                                        + " examples, to be worse than the best by more than a task's margin is dropped and named."
                                        + " With false every candidate meets the test examples.",
                        fallback = "true",
                        example = "false")
                boolean racing,
        @Setting(
                        means = "Few-shot prompting: solved examples stand before the question.",
                        fallback = "{}",
                        example = "{counts: [2, 4, 8]}")
                FewShotSettings fewShot,
        @Setting(
                        means = "Retrieval: passages from the documents stand before the question.",
                        fallback = "{}",
                        example = "{passages: [2, 4]}")
                PassageSettings retrieval,
        @Setting(
                        means =
                                "Fine-tuning: an adapter, or the model itself, learns from the training examples.",
                        fallback = "{}",
                        example = "{rank: 16, epochs: 3}")
                TuningSettings tune,
        @Setting(
                        means = "Tuning together with retrieval.",
                        fallback = "{}",
                        example = "{own_training: false}")
                CombinedSettings tuneRetrieval,
        @Setting(
                        means =
                                "Fine-tuning the embedder into a classifier: the approach encoder, for tasks with labels.",
                        fallback = "{}",
                        example = "{learning_rate: 2e-4, epochs: 5}")
                EncoderSettings encoder,
        @Setting(
                        means =
                                "Few training examples a label: the embedder learns which of them have the same label, and logistic"
                                        + " regression learns from its vectors. The approach setfit, for tasks with labels.",
                        fallback = "{}",
                        example = "{pairs: 16}")
                SetfitSettings setfit,
        @Setting(
                        means =
                                "What answers are worth: with it the report says what each candidate earns or loses, beside what it"
                                        + " costs. Changes no answer and no verdict.",
                        example = "{per_right: 0.40, per_wrong: 1.50, people_accuracy: 0.95}")
                Optional<ValueSettings> value,
        @Setting(
                        means = "What is to be done, one entry for each task.",
                        example =
                                """

                                - name: route
                                  instruction: Say which team the message is for.
                                  test: data/route/test.jsonl\
                                """,
                        advice = "Name at least one task with its data.")
                List<TaskSettings> tasks,
        @Setting(
                        means =
                                "Trainings that are no task's, one entry for each: of whole texts, of preferences, of an"
                                        + " embedder. `sartor tune NAME` does one.",
                        fallback = "[]",
                        example =
                                """

                                - name: tone
                                  objective: dpo
                                  train: data/preferences.jsonl\
                                """)
                List<Training> trainings,
        @Setting(
                        means =
                                "Models behind an OpenAI-compatible API, tried with the prompting and retrieval"
                                        + " approaches. Your questions and passages are sent to them.",
                        fallback = "[]",
                        example =
                                """

                                - name: large
                                  url: https://llm.example.org/v1
                                  model: large-1\
                                """)
                List<Remote> remotes,
        @Setting(
                        means =
                                "A model that grades free text, measured against people before it measures anything: for"
                                        + " 'metric: judge' and `sartor judge`.",
                        example =
                                "{model: Qwen/Qwen2.5-1.5B-Instruct, judgements: data/judgements.jsonl}")
                Optional<JudgeSettings> judge,
        @Setting(
                        means =
                                "How `sartor data clean` cleans the training rows of the tasks. What it makes is used where a"
                                        + " task's files name it.",
                        example = "{steps: [exact_duplicates, near_duplicates, wrong_labels]}")
                Optional<CurateSettings> curate,
        @Setting(
                        means =
                                "What a tuned candidate may give away of the rows that it learned from, as `sartor audit-adapter` measured"
                                        + " it. Where the audit is missing or over a limit, the candidate is neither served nor a prompt"
                                        + " of its task promoted. Changes no answer and no verdict.",
                        example = "{max_exposure: 4, max_auc: 0.6}")
                Optional<PrivacyLimits> privacy,
        @Setting(
                        means = "Prices and volumes: they decide which candidate is the cheapest.",
                        fallback = "{}",
                        example = "{machine_hour: 0.2, volume_per_month: 20000}")
                Costs costs,
        @Setting(
                        means =
                                "Where chance starts: the same seed, data and models give the same result on the same"
                                        + " machine.",
                        fallback = "1",
                        example = "1",
                        least = 0)
                long seed,
        @Setting(
                        means =
                                "How often each candidate that is trained is trained anew, with other seeds. Its score is then the mean,"
                                        + " and its interval holds what the trainings differ by. The first is the one that is shipped.",
                        fallback = "1",
                        example = "3",
                        least = 1,
                        most = 20,
                        advice =
                                "3 show what a seed is worth; each costs a training and a pass over the test examples.")
                int seeds) {
    public Project {
        models = List.copyOf(models);
        approaches = List.copyOf(approaches);
        tasks = List.copyOf(tasks);
        trainings = List.copyOf(trainings);
        remotes = List.copyOf(remotes);
    }

    /// The project's file name.
    public static final String FILE = "sartor.yaml";

    public Optional<TaskSettings> task(String wanted) {
        return tasks.stream().filter(task -> task.name().equals(wanted)).findFirst();
    }

    public Optional<Remote> remote(String wanted) {
        return remotes.stream().filter(remote -> remote.name().equals(wanted)).findFirst();
    }

    /// With another model to fit.
    public Project with(String other) {
        return with(other, tasks);
    }

    /// With other tasks.
    Project with(List<TaskSettings> others) {
        return with(model, others);
    }

    private Project with(String otherModel, List<TaskSettings> otherTasks) {
        return new Project(
                name,
                use,
                otherModel,
                models,
                weights,
                embedder,
                documents,
                approaches,
                racing,
                fewShot,
                retrieval,
                tune,
                tuneRetrieval,
                encoder,
                setfit,
                value,
                otherTasks,
                trainings,
                remotes,
                judge,
                curate,
                privacy,
                costs,
                seed,
                seeds);
    }

    public Optional<Training> training(String wanted) {
        return trainings.stream().filter(each -> each.name().equals(wanted)).findFirst();
    }

    /// What a task tries, in the order in which the file names it: its own approaches, else those of the project's that suit
    /// it.
    public List<ApproachName> tried(TaskSettings task) {
        return task.approaches()
                .orElseGet(() -> approaches.stream().filter(each -> each.suits(task)).toList());
    }

    /// What the answers to a task are worth: what the task says, else the project; empty where neither does.
    public Optional<ValueSettings> value(TaskSettings task) {
        return task.value().or(() -> value);
    }

    /// The last part of a model's name or folder, which candidates on it are called by.
    public static String shortName(String model) {
        var parts = model.split("[/\\\\]", -1);
        return parts[parts.length - 1];
    }

    /// The names of all tasks, as they stand in the file.
    public List<String> taskNames() {
        return tasks.stream().map(TaskSettings::name).toList();
    }
}
