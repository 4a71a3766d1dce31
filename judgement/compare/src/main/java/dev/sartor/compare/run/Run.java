package dev.sartor.compare.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sartor.core.Readers;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.RenamedKeys;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.prompt.version.PromptContent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One execution of a recipe, with everything needed to repeat it. Lies as `run.json` in the run's folder and is written
/// last: a folder with one is a finished run.
///
/// @param id the folder's name below `runs/`
/// @param key the digest of all that decides the answers: recipe, data, models, prompt; the same key is the same run
/// @param remote the name of the remote model that answers; empty for the project's own
/// @param adapter the adapter's folder below `runs/`; empty without one
/// @param readers who may read all that the candidate is made of, and so may be answered by it: the examples that it was
///     trained on, shows, or was chosen by. Documents are not among them: each caller's passages are filtered
/// @param answersReaders who may read the stored answers: the test examples and the passages found for them as well
public record Run(
        String id,
        String key,
        Recipe recipe,
        Optional<String> remote,
        Optional<String> adapter,
        Map<String, String> digests,
        Setup setup,
        Optional<Long> peakMib,
        Machine machine,
        String version,
        Instant finished,
        Set<Set<String>> readers,
        Set<Set<String>> answersReaders) {
    /// What the digest of the prompt's version is called among the digests.
    public static final String PROMPT_VERSION = "prompt_version";

    /// What stands in a candidate's name before the prompt's version, where it is tried beside the task's own.
    public static final String AT = "@";

    /// Of a file that does not say who may.
    private static final Set<Set<String>> NOBODY = Readers.nobody().clauses();

    /// A file that leaves out what a run cannot do without is refused where it is read.
    public Run {
        Objects.requireNonNull(id, "it names no id");
        Objects.requireNonNull(recipe, "it names no recipe");
        Objects.requireNonNull(setup, "it names no setup");
        version = Objects.requireNonNullElse(version, "");
        digests = Map.copyOf(digests);
        readers = Objects.requireNonNullElse(readers, NOBODY);
        answersReaders = Objects.requireNonNullElse(answersReaders, NOBODY);
    }

    /// What was asked for.
    ///
    /// @param choices what validation may choose among: numbers of examples or of passages
    /// @param settings every setting of the approach, by its key
    public record Recipe(
            String task,
            String candidate,
            ApproachName approach,
            String model,
            long seed,
            List<Integer> choices,
            Map<String, Object> settings) {
        public Recipe {
            choices = List.copyOf(choices);
            settings = RenamedKeys.current(settings);
        }
    }

    /// What it took before the first answer.
    ///
    /// @param chosen the number that validation chose; 0 where there was nothing to choose
    /// @param validation the score of each choice, and of each epoch under `epoch N`
    /// @param seconds all of it, training included
    /// @param trainingSeconds what every re-training takes again
    /// @param adapterShare the adapter's parameters as a share of the model's; 0 without one
    /// @param curve the training loss, step by step; empty without training
    /// @param shown how passages are shown, by validation; empty without passages
    /// @param calibration of the label scores; empty for free text, without scores, and where validation is too small
    /// @param cascade what a cascade is made of; empty for all others
    /// @param scope how it tells what fits none of the labels; empty where the task has no label for that
    /// @param abstention when it leaves a question to a person; empty where the task asks for no precision
    public record Setup(
            int chosen,
            Map<String, Double> validation,
            double seconds,
            double trainingSeconds,
            double adapterShare,
            List<CurvePoint> curve,
            Optional<Shown> shown,
            Optional<Calibration> calibration,
            Optional<CascadeParts> cascade,
            Optional<Scope> scope,
            Optional<Abstention> abstention) {
        public Setup {
            curve = List.copyOf(curve);
        }
    }

    /// How passages are shown.
    ///
    /// @param nearness the least cosine of question and nearest passage at which the model is asked; empty where it always
    ///     is
    /// @param reranked whether a model reranks them: where one is set, as validation chose; empty for as the recipe says
    /// @param examples how many training examples stand before the question as well; empty where none were chosen for it
    public record Shown(
            PassageOrder order,
            Optional<Double> nearness,
            Optional<Boolean> reranked,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> examples) {
        static Shown usual() {
            return in(PassageOrder.BEST_FIRST);
        }

        public static Shown in(PassageOrder other) {
            return new Shown(other, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /// In another order, of which nothing else is chosen yet but the number of examples.
        public Shown inOrder(PassageOrder other) {
            return new Shown(other, Optional.empty(), Optional.empty(), examples);
        }

        public Shown withNearness(Optional<Double> least) {
            return new Shown(order, least, reranked, examples);
        }

        public Shown withReranked(boolean isReranked) {
            return new Shown(order, nearness, Optional.of(isReranked), examples);
        }

        public Shown withExamples(int count) {
            return new Shown(order, nearness, reranked, Optional.of(count));
        }
    }

    /// Such as `tuned`.
    @JsonIgnore
    public String candidate() {
        return recipe.candidate();
    }

    @JsonIgnore
    public String task() {
        return recipe.task();
    }

    /// The id of the prompt's version that was measured; empty where no model is shown a prompt, or an earlier version of
    /// Sartor made the run.
    @JsonIgnore
    public Optional<String> promptVersion() {
        return Optional.ofNullable(digests.get(PROMPT_VERSION))
                .map(digest -> digest.substring(0, PromptContent.ID_DIGITS));
    }

    /// Whether the prompt's version was tried beside the task's own.
    @JsonIgnore
    public boolean isVariant() {
        return !candidateOfOwnPrompt().equals(candidate());
    }

    /// What the same candidate is called with the task's own prompt.
    @JsonIgnore
    public String candidateOfOwnPrompt() {
        return promptVersion()
                .map(id -> AT + PromptContent.shortId(id))
                .filter(candidate()::endsWith)
                .map(ending -> candidate().substring(0, candidate().length() - ending.length()))
                .orElse(candidate());
    }

    /// Who may be answered by this candidate.
    @JsonIgnore
    public Readers mayCall() {
        return new Readers(readers);
    }

    /// Who may see the stored answers, and what is computed from them.
    @JsonIgnore
    public Readers maySeeAnswers() {
        return new Readers(answersReaders);
    }

    /// Of two that are known.
    public static Optional<Long> higher(Optional<Long> one, Optional<Long> other) {
        return one.flatMap(peak -> other.map(more -> Math.max(peak, more)));
    }

    public static Optional<Long> known(OptionalLong figure) {
        return figure.isPresent() ? Optional.of(figure.getAsLong()) : Optional.empty();
    }
}
