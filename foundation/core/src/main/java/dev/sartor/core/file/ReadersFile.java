package dev.sartor.core.file;

import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Who may read all that an adapter or a model was made from, in a file of its own: `readers.json` in the folder of either,
/// `FILE.readers.json` beside a model that is one file. Holds `{"readers": [[…], …]}`, the clauses of {@link Readers}.
public final class ReadersFile {
    public static final String NAME = "readers.json";

    /// What earlier versions wrote in its place, for what was trained on a task.
    private static final String MADE_OF = "made-of.json";

    private static final String READERS = "readers";

    private ReadersFile() {}

    /// @param folder of an adapter or a model; made where it is not there
    public static void write(Path folder, Readers readers) {
        AtomicFile.write(folder.resolve(NAME), text(readers));
    }

    /// @param model a file, which need not be there yet
    public static void writeBeside(Path model, Readers readers) {
        AtomicFile.write(beside(model), text(readers));
    }

    /// Where it stands beside a model that is one file.
    public static Path beside(Path model) {
        return model.resolveSibling(model.getFileName() + "." + NAME);
    }

    private static String text(Readers readers) {
        return Json.pretty(Map.of(READERS, readers.sorted())) + "\n";
    }

    /// What the folder says, or for a file what stands beside it and in its folder; empty where nothing says anything.
    ///
    /// @param made an adapter's or a model's folder, or a model's file
    /// @throws SartorException a user's error where it says something that cannot be understood
    public static Optional<Readers> read(Path made) {
        if (!Files.isRegularFile(made)) {
            return readAt(made.resolve(NAME)).or(() -> readMadeOf(made.resolve(MADE_OF)));
        }
        var own = readAt(beside(made));
        var around = readAt(made.toAbsolutePath().resolveSibling(NAME));
        return own.map(said -> said.and(around.orElse(Readers.everyone()))).or(() -> around);
    }

    /// Of a model: what others published comes without such a file, and is everyone's.
    public static Readers ofModel(Path model) {
        return read(model).orElse(Readers.everyone());
    }

    private static Optional<Readers> readAt(Path file) {
        return isThere(file) ? Optional.of(parsed(file, Json.read(file))) : Optional.empty();
    }

    /// Earlier versions did not keep the readers of a training's rows.
    private static Optional<Readers> readMadeOf(Path file) {
        if (!isThere(file)) {
            return Optional.empty();
        }
        var madeOf = Json.read(file);
        return madeOf.path("settings").has("trainings") || !madeOf.has(READERS)
                ? Optional.empty()
                : Optional.of(parsed(file, madeOf));
    }

    /// A link that leads nowhere says something that cannot be read.
    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Readers parsed(Path file, JsonNode all) {
        var clauses = new HashSet<Set<String>>();
        var given = all.path(READERS);
        boolean isSound = given.isArray();
        for (var clause : given) {
            var names = new HashSet<String>();
            isSound &= clause.isArray();
            for (var name : clause) {
                isSound &= name.isString() && !name.stringValue().isBlank();
                names.add(name.asString(""));
            }
            clauses.add(names);
        }
        if (!isSound) {
            throw SartorException.user(
                    file
                            + " must hold `\"readers\"`, a list of lists of names such as"
                            + " [[\"group:sales\"]], each of which must name who may read, got "
                            + given
                            + ": put it right; [] is everyone, [[]] nobody.");
        }
        return new Readers(clauses);
    }
}
