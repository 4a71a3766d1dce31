package dev.sartor.compare.approach;

import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.run.StoredAnswers;
import dev.sartor.compare.run.Trees;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where one run lies. What is finished is a file of its own, so that a killed comparison goes on where it was:
/// `validation.jsonl` and `setup.json` once validation has chosen, or `dropped.json` where it dropped the candidate;
/// `answers.part.jsonl` while the test examples are answered, then `answers.jsonl`, and `run.json` at the very end.
public record RunFolder(Path path) {
    private Path run() {
        return path.resolve("run.json");
    }

    private Path setup() {
        return path.resolve("setup.json");
    }

    private Path answers() {
        return path.resolve("answers.jsonl");
    }

    /// Answers to the validation examples stay where those to the test examples do.
    private Path validation() {
        return path.resolve("validation.jsonl");
    }

    private Path dropped() {
        return path.resolve("dropped.json");
    }

    private Path part() {
        return path.resolve("answers.part.jsonl");
    }

    public boolean isFinished() {
        return Files.isRegularFile(run());
    }

    public Run readRun() {
        return RunJson.read(run(), Run.class);
    }

    public List<StoredAnswer> readAnswers() {
        return RunJson.readLines(answers(), StoredAnswer.class);
    }

    /// The answers one after another, for whoever cannot keep all of them.
    public StoredAnswers storedAnswers() {
        return new StoredAnswers(answers());
    }

    /// The answers of a run that is not finished.
    public StoredAnswers storedPart() {
        return new StoredAnswers(part());
    }

    public Optional<Run.Setup> readSetup() {
        return Files.isRegularFile(setup())
                ? Optional.of(RunJson.read(setup(), Run.Setup.class))
                : Optional.empty();
    }

    public List<StoredAnswer> readPart() {
        return Files.isRegularFile(part())
                ? RunJson.readLines(part(), StoredAnswer.class)
                : List.of();
    }

    /// @param validation the candidate's answers to the validation examples; empty where nothing asked for them
    public void writeSetup(Run.Setup setup, List<StoredAnswer> validation) {
        if (!validation.isEmpty()) {
            AtomicFile.write(validation(), RunJson.lines(validation));
        }
        AtomicFile.write(setup(), RunJson.pretty(setup));
    }

    /// Empty where nothing asked for them, or an earlier version made the run.
    public List<StoredAnswer> readValidation() {
        return Files.isRegularFile(validation())
                ? RunJson.readLines(validation(), StoredAnswer.class)
                : List.of();
    }

    /// Sets down that the candidate left the race.
    public void drop(Dropped why) {
        AtomicFile.write(dropped(), RunJson.pretty(why));
    }

    public Optional<Dropped> readDropped() {
        return Files.isRegularFile(dropped())
                ? Optional.of(RunJson.read(dropped(), Dropped.class))
                : Optional.empty();
    }

    public void writePart(List<StoredAnswer> answers) {
        AtomicFile.write(part(), RunJson.lines(answers));
    }

    /// Marks a run that a rebase makes: it is the project's own only once a comparison finds it.
    private Path mark() {
        return path.resolve("rebased.json");
    }

    public Optional<String> rebasedFrom() {
        return Files.isRegularFile(mark())
                ? Optional.of(RunJson.read(mark(), Rebased.class).from())
                : Optional.empty();
    }

    private record Rebased(String from) {}

    /// @param from the run that is repeated on another model
    public void markRebased(String from) {
        AtomicFile.write(mark(), RunJson.line(new Rebased(from)));
    }

    public void adopt() {
        Trees.delete(mark());
    }

    public void finish(Run run, List<StoredAnswer> answers, Provenance madeOf) {
        AtomicFile.write(answers(), RunJson.lines(answers));
        madeOf.write(path);
        AtomicFile.write(run(), RunJson.pretty(run));
        Trees.delete(part());
        Trees.delete(setup());
        Trees.delete(dropped());
    }
}
