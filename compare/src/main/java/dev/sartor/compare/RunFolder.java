package dev.sartor.compare;

import dev.sartor.core.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where one run lies. What is finished is a file of its own, so that a killed comparison goes on where it was:
/// `setup.json` once validation has chosen, `answers.part.jsonl` while the test examples are answered, then
/// `answers.jsonl`, and `run.json` at the very end.
record RunFolder(Path path) {
    private Path run() {
        return path.resolve("run.json");
    }

    private Path setup() {
        return path.resolve("setup.json");
    }

    private Path answers() {
        return path.resolve("answers.jsonl");
    }

    private Path part() {
        return path.resolve("answers.part.jsonl");
    }

    boolean isFinished() {
        return Files.isRegularFile(run());
    }

    Run readRun() {
        return RunJson.read(run(), Run.class);
    }

    List<StoredAnswer> readAnswers() {
        return RunJson.readLines(answers(), StoredAnswer.class);
    }

    Optional<Run.Setup> readSetup() {
        return Files.isRegularFile(setup())
                ? Optional.of(RunJson.read(setup(), Run.Setup.class))
                : Optional.empty();
    }

    List<StoredAnswer> readPart() {
        return Files.isRegularFile(part())
                ? RunJson.readLines(part(), StoredAnswer.class)
                : List.of();
    }

    void writeSetup(Run.Setup setup) {
        AtomicFile.write(setup(), RunJson.pretty(setup));
    }

    void writePart(List<StoredAnswer> answers) {
        AtomicFile.write(part(), RunJson.lines(answers));
    }

    /// Marks a run that a rebase makes: it is the project's own only once a comparison finds it.
    private Path mark() {
        return path.resolve("rebased.json");
    }

    Optional<String> rebasedFrom() {
        return Files.isRegularFile(mark())
                ? Optional.of(RunJson.read(mark(), Rebased.class).from())
                : Optional.empty();
    }

    private record Rebased(String from) {}

    /// @param from the run that is repeated on another model
    void markRebased(String from) {
        AtomicFile.write(mark(), RunJson.line(new Rebased(from)));
    }

    void adopt() {
        Trees.delete(mark());
    }

    void finish(Run run, List<StoredAnswer> answers, Provenance madeOf) {
        AtomicFile.write(answers(), RunJson.lines(answers));
        madeOf.write(path);
        AtomicFile.write(run(), RunJson.pretty(run));
        Trees.delete(part());
        Trees.delete(setup());
    }
}
