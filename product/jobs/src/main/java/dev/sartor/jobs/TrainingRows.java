package dev.sartor.jobs;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.FineTuningRequest;
import dev.sartor.serve.job.JobError;
import dev.sartor.serve.job.Owner;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rows of a fine-tuning job: each line of its files is checked, and written as the training reads it.
final class TrainingRows {
    static final int FEWEST = 10;
    private static final int MOST = 200_000;
    private static final int MOST_SHOWN = 10;
    private static final int HELD_OUT_OF = 20;
    private static final int MOST_HELD_OUT = 100;

    private final Files files;
    private final Owner owner;
    private final FineTuningRequest request;

    TrainingRows(Files files, Owner owner, FineTuningRequest request) {
        this.files = files;
        this.owner = owner;
        this.request = request;
    }

    /// What was written, or why nothing can be trained.
    sealed interface Outcome {}

    /// @param heldOut rows of the training file that validate, as no other file does
    record Written(int training, int validation, int heldOut) implements Outcome {}

    record Wrong(JobError error) implements Outcome {}

    /// Ends a file at its first problems.
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient JobError error;

        Refusal(JobError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }
    }

    /// @param folder of the job's project
    Outcome write(Path folder) {
        try {
            int training =
                    checked(
                            request.trainingFile(),
                            "training_file",
                            folder.resolve(TrainingProject.TRAIN),
                            Set.of(),
                            false);
            if (training < FEWEST) {
                throw refusal(
                        "training_file",
                        "it has " + training + " rows; at least " + FEWEST + " are needed");
            }
            if (isPreference()) {
                return new Written(training, 0, 0);
            }
            var validation = folder.resolve(TrainingProject.VALIDATION);
            if (request.validationFile().isPresent()) {
                int rows =
                        checked(
                                request.validationFile().get(),
                                "validation_file",
                                validation,
                                Set.of(),
                                false);
                return new Written(training, rows, 0);
            }
            var held = heldOut(training);
            checked(request.trainingFile(), "training_file", validation, held, true);
            checked(
                    request.trainingFile(),
                    "training_file",
                    folder.resolve(TrainingProject.TRAIN),
                    held,
                    false);
            return new Written(training - held.size(), held.size(), held.size());
        } catch (Refusal e) {
            return new Wrong(e.error);
        }
    }

    private boolean isPreference() {
        return request.method() instanceof FineTuningRequest.Dpo;
    }

    /// One of twenty rows, drawn by the seed.
    private Set<Integer> heldOut(int rows) {
        int wanted = Math.clamp(rows / HELD_OUT_OF, 1, MOST_HELD_OUT);
        var chance = new java.util.SplittableRandom(request.method().seed());
        var drawn = new HashSet<Integer>();
        while (drawn.size() < wanted) {
            drawn.add(chance.nextInt(rows));
        }
        return drawn;
    }

    /// Writes some rows of a file.
    ///
    /// @param some numbers of rows, from 0
    /// @param those whether these are written, or all others
    /// @return how many rows were read
    private int checked(String id, String param, Path to, Set<Integer> some, boolean those) {
        var content =
                files.content(owner, id)
                        .orElseThrow(() -> refusal(param, "it is not there any more"));
        var read = new int[1];
        try (content) {
            AtomicFile.write(to, out -> read[0] = copied(content, out, param, some, those));
        } catch (IOException e) {
            throw SartorException.missing("cannot read a file: " + e.getMessage(), e);
        }
        if (read[0] == 0) {
            throw refusal(param, "it has no rows");
        }
        return read[0];
    }

    private int copied(
            InputStream content, OutputStream out, String param, Set<Integer> some, boolean those)
            throws IOException {
        var problems = new ArrayList<String>();
        var lines = new Lines(content);
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        int rows = 0;
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().text().isBlank() && line.get().flaw().isEmpty()) {
                continue;
            }
            var row = row(line.get(), problems);
            if (row.isPresent() && some.contains(rows) == those) {
                writer.write(row.get() + "\n");
            }
            rows++;
            if (rows > MOST) {
                throw refusal(param, "it has more than " + MOST + " rows: send fewer");
            }
            if (problems.size() >= MOST_SHOWN) {
                break;
            }
        }
        writer.flush();
        if (!problems.isEmpty()) {
            throw refusal(param, String.join("; ", problems));
        }
        return rows;
    }

    private Optional<String> row(Lines.Line line, List<String> problems) {
        if (line.flaw().isPresent()) {
            problems.add("line " + line.number() + ": " + line.flaw().get());
            return Optional.empty();
        }
        var read = RowCheck.of(line.text(), isPreference());
        read.problems().forEach(each -> problems.add("line " + line.number() + ": " + each));
        return read.row().map(Object::toString);
    }

    private static Refusal refusal(String param, String why) {
        return new Refusal(
                new JobError(
                        "invalid_" + param,
                        "The " + param.replace('_', ' ') + " cannot be used: " + why + ".",
                        Optional.of(param)));
    }
}
