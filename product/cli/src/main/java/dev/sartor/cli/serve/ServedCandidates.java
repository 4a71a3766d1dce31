package dev.sartor.cli.serve;

import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.privacy.PrivacyGate;
import dev.sartor.compare.Candidate;
import dev.sartor.compare.Runs;
import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.serve.ServedEmbedder;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.state.promotion.FollowedPromotions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A project's candidates and its embedder.
final class ServedCandidates implements Servable {
    private final OpenProject open;
    private final Optional<FollowedPromotions> promotions;
    private final Embedder embedder;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();

    private ServedCandidates(OpenProject open, Optional<FollowedPromotions> promotions) {
        this.open = open;
        this.promotions = promotions;
        this.embedder = open.engines().embedder(open.project().embedder());
    }

    /// @param open closed with this
    /// @param named runs or tasks; empty means every task that has a candidate
    /// @param promotions of the server's state, closed with this
    static ServedCandidates of(
            OpenProject open,
            Optional<FollowedPromotions> promotions,
            List<String> named,
            Cancellation cancellation) {
        var served = new ServedCandidates(open, promotions);
        try {
            for (var name : named.isEmpty() ? tasks(open) : named) {
                served.candidates.put(name, candidate(open, name, cancellation));
            }
            return served;
        } catch (RuntimeException e) {
            served.close();
            throw e;
        }
    }

    /// @throws SartorException a user's error where the project's section `privacy` keeps it from being served
    private static Candidate candidate(OpenProject open, String name, Cancellation cancellation) {
        var runs = Runs.of(open.folder());
        var run =
                open.project().task(name).isPresent()
                        ? runs.chosen(name)
                        : Optional.of(runs.find(name));
        run.ifPresent(each -> PrivacyGate.require(open.project(), open.folder(), each));
        return open.candidate(Optional.of(name), cancellation);
    }

    private static List<String> tasks(OpenProject open) {
        var runs = Runs.of(open.folder());
        var tasks =
                open.project().taskNames().stream()
                        .filter(task -> runs.chosen(task).isPresent())
                        .toList();
        if (tasks.isEmpty()) {
            throw SartorException.user(
                    "there is no candidate to serve yet: run `sartor compare` first, or serve a model"
                            + " as it is with --model.");
        }
        return tasks;
    }

    /// What follows the promoted version of its prompt may change, all else stays as it is.
    @Override
    public ServedModels models() {
        var chats = new LinkedHashMap<String, ServedModel>();
        var followed = new ArrayList<FollowedPrompt>();
        candidates.forEach((name, candidate) -> {
            chats.put(
                    name,
                    new ServedModel(
                            candidate.responder(),
                            candidate.mayCall(),
                            candidate.task().form(),
                            candidate.prompt().map(PromptContent::id)));
            candidate
                    .prompt()
                    .map(prompt -> followed(name, candidate, prompt))
                    .ifPresent(followed::add);
        });
        var embedders =
                Map.of(
                        clientsName(open.project().embedder()),
                        new ServedEmbedder(
                                embedder, open.engines().readers(open.project().embedder())));
        var fixed = new ServedModels(chats, embedders); // refuses names that clash
        followed.stream()
                .filter(FollowedPrompt::follows)
                .forEach(each -> chats.remove(each.name()));
        return new ServedModels(chats, fixed.embedders(), new FollowedPrompts(followed));
    }

    private FollowedPrompt followed(String name, Candidate candidate, PromptContent prompt) {
        var task = candidate.task().name();
        return new FollowedPrompt(
                name,
                PromptedModel.of(candidate, prompt),
                new ServedVersions(
                        open.project().name(), PromptVersions.of(open.folder(), task), promotions),
                candidate.followsPromoted());
    }

    @Override
    public List<String> notes() {
        var notes = new ArrayList<String>();
        candidates.forEach((name, candidate) -> {
            var task = open.project().task(candidate.task().name());
            var named = task.filter(TaskSettings::isVersioned).map(TaskSettings::content);
            candidate
                    .prompt()
                    .filter(_ -> candidate.run().isVariant())
                    .ifPresent(prompt -> notes.add(name + ": " + chosen(candidate, prompt)));
            candidate
                    .prompt()
                    .filter(_ -> named.isPresent() && !candidate.run().isVariant())
                    .flatMap(prompt -> note(candidate, prompt, named.orElseThrow()))
                    .ifPresent(note -> notes.add(name + ": " + note));
        });
        return notes;
    }

    /// Of one that was chosen with a version that was tried beside the task's own.
    private static String chosen(Candidate candidate, PromptContent prompt) {
        return candidate.run().candidate()
                + " answers with the prompt's version "
                + prompt.id()
                + ", which it was measured with, whichever is promoted.";
    }

    /// @param prompt that the candidate has
    /// @param named by the project file
    private static Optional<String> note(
            Candidate candidate, PromptContent prompt, PromptContent named) {
        if (!prompt.equals(named)) {
            return Optional.of(
                    "the prompt stays version "
                            + prompt.id()
                            + ": "
                            + candidate.fixedPrompt().getMessage());
        }
        return candidate.isMeasured(prompt)
                ? Optional.empty()
                : Optional.of(
                        "the prompt's version "
                                + prompt.id()
                                + " was not measured with "
                                + candidate.run().candidate()
                                + ": `sartor compare "
                                + candidate.run().task()
                                + "` measures it.");
    }

    @Override
    public List<String> shown() {
        return List.copyOf(candidates.keySet());
    }

    /// A model that the project names by a path goes by its folder's name.
    private static String clientsName(String embedder) {
        if (ServedModels.isName(embedder)) {
            return embedder;
        }
        var path = Path.of(embedder).toAbsolutePath().normalize();
        var last = String.valueOf(path.getFileName()).replaceAll("[^A-Za-z0-9._:@+-]", "-");
        return ServedModels.isName(last) ? last : "embedder";
    }

    @Override
    public void close() {
        candidates.values().forEach(Candidate::close);
        embedder.close();
        open.close();
        promotions.ifPresent(FollowedPromotions::close);
    }
}
