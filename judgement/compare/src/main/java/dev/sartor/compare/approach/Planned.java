package dev.sartor.compare.approach;

import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Example;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.file.Sha256;
import dev.sartor.model.Precision;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.Remote.Egress;
import dev.sartor.project.setting.RenamedKeys;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.TuningSettings;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.prompt.PromptTemplate;
import dev.sartor.prompt.version.PromptContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A candidate of one task that is to be measured.
///
/// @param variant the id of the prompt's version where it is tried beside the task's own prompt; empty with that one
public record Planned(
        Project project,
        TaskSettings settings,
        TaskExamples data,
        ApproachName name,
        Optional<Remote> remote,
        Optional<String> variant) {
    /// What trains the embedder has that for its model, and is trained by a section of its own. A remote model is shown the examples
    /// that may be sent to it.
    public Planned {
        if (name.tunesEmbedder()) {
            project = project.with(project.embedder());
            settings = settings.with(name.tuning(settings));
        }
        if (isPublic(remote)) {
            data = data.publicTraining();
        }
    }

    /// With the task's own prompt.
    public Planned(
            Project project,
            TaskSettings settings,
            TaskExamples data,
            ApproachName name,
            Optional<Remote> remote) {
        this(project, settings, data, name, remote, Optional.empty());
    }

    /// So many of its key stand in a run's id.
    public static final int KEY_DIGITS = 8;

    /// Counts changes to what the same recipe does.
    private static final String FORMAT = "2";

    private static boolean isPublic(Optional<Remote> remote) {
        return remote.filter(each -> each.egress() == Egress.PUBLIC).isPresent();
    }

    /// Whether what not everyone may read is withheld from the model.
    boolean isShownThePublicAlone() {
        return isPublic(remote);
    }

    /// Why nothing of the task may be sent to the remote model; empty where it may, or there is none.
    public Optional<String> notSent() {
        return remote.flatMap(each -> new EgressNotes(this, each).notSent());
    }

    /// Everything that a task tries: its approaches on the project's model, then those on its further models, then those that a remote
    /// model can do; then, of all these, those that show an untrained model a prompt with each further version of it.
    public static List<Planned> of(Project project, TaskSettings settings, TaskExamples data) {
        var tried = project.tried(settings);
        var planned = new ArrayList<Planned>();
        for (var name : tried) {
            planned.add(new Planned(project, settings, data, name, Optional.empty()));
        }
        var further = new ArrayList<>(project.models());
        further.remove(project.model());
        for (var model : further) {
            tried.stream()
                    .filter(ApproachName::writesText)
                    .map(name -> new Planned(project, settings, data, name, Optional.empty()))
                    .map(each -> each.on(model))
                    .forEach(planned::add);
        }
        for (var remote : project.remotes()) {
            tried.stream()
                    .filter(name -> name.writesText() && !name.isTuned())
                    .map(name -> new Planned(project, settings, data, name, Optional.of(remote)))
                    .forEach(planned::add);
        }
        var swapping = planned.stream().filter(Planned::swapsPrompt).toList();
        for (var version : settings.variants()) {
            swapping.forEach(each -> planned.add(each.asVariant(version.content())));
        }
        return planned;
    }

    /// The same with a version of the prompt that is tried beside the task's own.
    public Planned asVariant(PromptContent version) {
        return new Planned(
                project,
                settings.pinned(version),
                data.with(version.on(data.task())),
                name,
                remote,
                Optional.of(version.id()));
    }

    /// With other settings of the training.
    public Planned with(TuningSettings tuning) {
        return new Planned(project, settings.with(tuning), data, name, remote, variant);
    }

    /// The same, trained with another seed.
    ///
    /// @param nth training after its own, from 1
    public Planned again(int nth) {
        return with(settings.tune().with(Map.of("seed", Long.toString(seed() + nth))));
    }

    /// With a version of the task's prompt.
    public Planned with(PromptContent version) {
        return new Planned(
                project,
                settings.with(version),
                data.with(version.on(data.task())),
                name,
                remote,
                variant);
    }

    /// On another model.
    public Planned on(String model) {
        return new Planned(project.with(model), settings, data, name, remote, variant);
    }

    /// With the model and the settings of the task's own training where that is what this one uses.
    public Planned tunedBy(Planned training) {
        return name.isTuned() && !name.tunesEmbedder() && !isOnAFurtherModel()
                ? new Planned(training.project, training.settings, data, name, remote)
                : this;
    }

    public Approach approach() {
        return Approach.of(name);
    }

    /// Such as `few-shot`, or `large few-shot` on the remote or further model `large`, or `few-shot@3f2a9c81` with a version of the
    /// prompt.
    public String candidate() {
        return candidateOfOwnPrompt()
                + variant.map(id -> Run.AT + PromptContent.shortId(id)).orElse("");
    }

    /// What the same is called with the task's own prompt.
    public String candidateOfOwnPrompt() {
        var own = isOnAFurtherModel() ? Project.shortName(project.model()) + " " : "";
        return remote.map(each -> each.name() + " ").orElse(own) + approach().candidate();
    }

    private boolean isOnAFurtherModel() {
        return project.models().contains(project.model()) && !name.tunesEmbedder();
    }

    /// What answers: the project's model, a remote one, the embedder by its vectors alone, or none of these.
    public String model() {
        var own = name.usesModel() ? project.model() : project.embedder();
        return remote.map(Remote::model).or(approach()::ownModel).orElse(own);
    }

    /// What validation may choose among; empty where there is nothing to choose.
    public List<Integer> choices() {
        return approach().choices(settings);
    }

    /// How many examples validation may choose to show beside passages; empty where none are.
    public List<Integer> examplesBeside() {
        return approach().examplesBeside(settings);
    }

    /// How passages are searched, where they are.
    public Optional<PassageSettings> search() {
        return approach().search(settings);
    }

    public boolean usesEmbedder() {
        return approach().usesEmbedder(settings);
    }

    /// Whether the adapter learns from prompts with passages.
    public boolean trainsOnPassages() {
        return approach().trainsOnPassages(settings);
    }

    public PromptTemplate template() {
        return settings.template();
    }

    /// What the prompt says.
    public PromptContent prompt() {
        return settings.content();
    }

    /// Whether the prompt can be another than the one that it was measured with: nothing was trained with it.
    public boolean swapsPrompt() {
        return name.swapsPrompt();
    }

    /// SHA-256 of the prompt's texts and, where a model is shown it, of the version, by what records call them.
    public Map<String, String> promptDigests() {
        return name.usesModel()
                ? Map.of("prompt", template().version(), Run.PROMPT_VERSION, prompt().digest())
                : Map.of("prompt", template().version());
    }

    /// What the task asks of each of these.
    public List<Question> questions(List<Example> examples) {
        var form = data.task().form();
        return examples.stream().map(example -> Question.of(example, form)).toList();
    }

    /// The question as the model is asked it, with no examples before it.
    public Question ask(Question question, List<Passage> passages) {
        return ask(question, passages, PassageOrder.BEST_FIRST);
    }

    /// @param passages best first
    public Question ask(Question question, List<Passage> passages, PassageOrder order) {
        return question.withMessages(
                prompt().messages(data.task(), question, passages, order),
                prompt().readers().and(Readers.ofAll(passages.stream().map(Passage::readers))));
    }

    /// The question as the model is asked it.
    ///
    /// @param examples solved, in the order in which they are shown; none of them has passages
    /// @param passages of the question, best first
    Question ask(
            Question question, List<Example> examples, List<Passage> passages, PassageOrder order) {
        return question.withMessages(
                template().grounded(data.task(), question, examples, passages, order),
                Readers.ofAll(
                        Stream.concat(
                                examples.stream().map(Example::readers),
                                passages.stream().map(Passage::readers))));
    }

    public long seed() {
        return settings.tune().seed().orElse(project.seed());
    }

    public Run.Recipe recipe() {
        return new Run.Recipe(
                settings.name(), candidate(), name, model(), seed(), choices(), approachSettings());
    }

    private Map<String, Object> approachSettings() {
        var made = new LinkedHashMap<String, Object>();
        if (remote.isEmpty() && name.usesModel() && project.weights() != Precision.BF16) {
            made.put("weights", project.weights().word());
        }
        made.putAll(approach().settings(settings));
        return RunJson.settings(made);
    }

    private Map<String, Object> formerRecipe() {
        var recipe = recipe();
        var former = new LinkedHashMap<>(RunJson.settings(recipe));
        former.put("settings", RenamedKeys.former(recipe.settings()));
        return former;
    }

    /// @param digests of models and documents
    public String key(Map<String, String> digests) {
        var made = new ArrayList<Object>();
        made.add(FORMAT);
        made.add(template().version());
        made.add(formerRecipe());
        made.add(data.task());
        made.add(settings.leakage());
        made.add(inOrder(data.digests()));
        made.add(inOrder(digests));
        settings.precision().ifPresent(share -> made.add("precision " + share));
        settings.outOfScope().ifPresent(label -> made.add("out of scope " + label));
        var group = settings.columns().group();
        if (!group.equals("group")) {
            made.add("group " + group);
        }
        if (data.hasAskers()) {
            // An earlier version asked all rows as nobody in particular.
            made.add("askers " + settings.columns().asker());
        }
        prompt().further().ifPresent(made::add);
        return Sha256.of(RunJson.line(made));
    }

    private static List<String> inOrder(Map<String, String> digests) {
        return digests.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Object::toString)
                .toList();
    }

    /// Of its run.
    public String id(String key) {
        return idBeginning() + key.substring(0, KEY_DIGITS);
    }

    /// What the ids of all runs of this candidate begin with.
    public String idBeginning() {
        return settings.name() + "-" + candidate().replaceAll("[ +@]", "-") + "-";
    }
}
