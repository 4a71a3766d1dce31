package dev.sartor.compare;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.confidence.ConfidentResponder;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.Scope;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.prompt.version.PromptContent;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Opens one candidate under versions of its prompt: the same model, examples and passages, other words around them. Where a
/// version was measured with this candidate, what validation chose then holds for it; else the number of examples or passages
/// of the run at hand does, and nothing that was chosen by how sure the candidate was under other words. Thread-safe.
final class PromptSwap {
    private final Planned planned;
    private final Run run;
    private final Path folder;
    private final Workbench workbench;
    private final Responder model;
    private final ReentrantLock opening = new ReentrantLock();

    /// @param folder the project's
    /// @param model without any prompt around it; the caller closes it
    PromptSwap(Planned planned, Run run, Path folder, Workbench workbench, Responder model) {
        this.planned = planned;
        this.run = run;
        this.folder = folder;
        this.workbench = workbench;
        this.model = model;
    }

    /// Closing it closes the model.
    ///
    /// @throws SartorException a user's error where the task needs a measurement of the version and there is none
    Responder open(PromptContent content) {
        var setup = measured(content).map(Run::setup).orElseGet(() -> unmeasured(content));
        var under = planned.with(content);
        opening.lock();
        try {
            var asked = workbench.around(under, model, Choice.of(setup));
            return new ConfidentResponder(asked, under.data().task(), setup);
        } finally {
            opening.unlock();
        }
    }

    boolean isMeasured(PromptContent content) {
        return measured(content).isPresent();
    }

    /// Who may read all that a version's measurement was made of, where there is one.
    Readers readers(PromptContent content) {
        return measured(content)
                .map(Run::mayCall)
                .orElse(Readers.everyone())
                .and(content.readers());
    }

    /// The newest run of the same candidate under this version.
    private Optional<Run> measured(PromptContent content) {
        if (isOf(run, content)) {
            return Optional.of(run);
        }
        var runs = Runs.of(folder);
        return runs.list().stream()
                .filter(each -> isOf(each, content) && isLike(each))
                .filter(each -> runs.rebasedFrom(each).isEmpty())
                .findFirst();
    }

    private static boolean isOf(Run run, PromptContent content) {
        return content.digest().equals(run.digests().get(Run.PROMPT_VERSION));
    }

    /// With the same settings, model and training examples. What there was to choose among may differ: a version with examples
    /// of its own leaves nothing to choose.
    private boolean isLike(Run other) {
        return other.task().equals(run.task())
                && other.candidateOfOwnPrompt().equals(run.candidateOfOwnPrompt())
                && other.recipe().model().equals(run.recipe().model())
                && other.recipe().seed() == run.recipe().seed()
                && settings(other).equals(settings(run))
                && same(other, "model")
                && same(other, "train");
    }

    private boolean same(Run other, String role) {
        return Optional.ofNullable(run.digests().get(role))
                .equals(Optional.ofNullable(other.digests().get(role)));
    }

    private static String settings(Run run) {
        return RunJson.line(run.recipe().settings());
    }

    private Run.Setup unmeasured(PromptContent content) {
        var setup = run.setup();
        boolean needsMeasuring =
                setup.abstention().isPresent()
                        || setup.scope().flatMap(Scope::threshold).isPresent();
        if (needsMeasuring) {
            throw SartorException.user(
                    "the version "
                            + content.id()
                            + " of the prompt of task '"
                            + run.task()
                            + "' was not measured with "
                            + run.candidate()
                            + ", and how sure a candidate must be (precision, out_of_scope) is chosen by measuring. Set"
                            + " 'prompt: "
                            + content.id()
                            + "' and run `sartor compare "
                            + run.task()
                            + "` first.");
        }
        return new Run.Setup(
                setup.chosen(),
                setup.validation(),
                setup.seconds(),
                setup.trainingSeconds(),
                setup.adapterShare(),
                setup.curve(),
                setup.shown(),
                Optional.empty(),
                setup.cascade(),
                setup.scope(),
                setup.abstention());
    }
}
