package dev.sartor.prompt.version;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.text.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The versions of a task's prompt, in the project's folder `prompts/TASK`: `ID.json` each, and the file `promoted`, which
/// names the one that is promoted. A file whose content is not what its name says is refused. Safe for concurrent callers.
public final class PromptVersions {
    /// The folder in the project.
    public static final String FOLDER = "prompts";

    private static final String PROMOTED = "promoted";
    private static final String ENDING = ".json";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + PromptContent.ID_DIGITS + "}");

    private final String task;
    private final Path folder;

    private PromptVersions(String task, Path folder) {
        this.task = task;
        this.folder = folder;
    }

    /// @param project the project's folder
    public static PromptVersions of(Path project, String task) {
        return new PromptVersions(task, project.resolve(FOLDER).resolve(task));
    }

    /// Whether a text has the form of an id.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    public String task() {
        return task;
    }

    /// Where a version lies, or would.
    public Path file(String id) {
        return folder.resolve(id + ENDING);
    }

    /// The file that names the promoted version.
    public Path pointer() {
        return folder.resolve(PROMOTED);
    }

    /// The ids of what lies there, in alphabetical order; nothing is opened.
    public List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .filter(PromptVersions::isId)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /// All of them, the oldest first.
    ///
    /// @throws SartorException a user's error that names every file that was edited or cannot be understood
    public List<PromptVersion> list() {
        var problems = new Problems();
        var versions = new ArrayList<PromptVersion>();
        for (var id : ids()) {
            try {
                versions.add(read(id));
            } catch (SartorException e) {
                if (e.kind() != SartorException.Kind.USER) {
                    throw e;
                }
                problems.add("task '" + task + "'", String.valueOf(e.getMessage()));
            }
        }
        problems.throwIfAny();
        versions.sort(
                Comparator.comparing(PromptVersion::created).thenComparing(PromptVersion::id));
        return List.copyOf(versions);
    }

    /// @param id all its digits
    /// @throws SartorException a user's error where there is none, or its file was edited
    public PromptVersion read(String id) {
        var file = file(id);
        if (!isId(id) || !Files.isRegularFile(file)) {
            throw unknown(id);
        }
        var version = PromptFile.read(file);
        if (!version.id().equals(id)) {
            throw SartorException.user(
                    file
                            + " was edited: a version is named by the digest of what it says, its name is "
                            + id
                            + " and the digest now "
                            + version.content().digest()
                            + ". Versions never change: take the edit back, or make a version of it with `sartor"
                            + " prompts new "
                            + task
                            + " --from "
                            + file
                            + "` and put the old file back.");
        }
        return version;
    }

    /// @param beginning of an id, as few digits as tell it from others
    /// @throws SartorException a user's error where it means none or several
    public PromptVersion find(String beginning) {
        var meant = ids().stream().filter(id -> id.startsWith(beginning)).toList();
        if (meant.size() > 1) {
            throw SartorException.user(
                    "'"
                            + beginning
                            + "' begins "
                            + meant.size()
                            + " versions of task '"
                            + task
                            + "': "
                            + String.join(", ", meant)
                            + ". Write more of the one you mean.");
        }
        return read(meant.isEmpty() ? beginning : meant.getFirst());
    }

    private SartorException unknown(String id) {
        var known = ids();
        return SartorException.user(
                "task '"
                        + task
                        + "' has no prompt version '"
                        + id
                        + "'."
                        + Nearest.hint(id, known)
                        + (known.isEmpty()
                                ? " `sartor prompts new` makes one."
                                : " `sartor prompts list " + task + "` lists them."));
    }

    /// A prompt in a file of any name, such as one that was edited.
    public static PromptVersion readFrom(Path file) {
        return PromptFile.read(file);
    }

    /// The file's text.
    public static String text(PromptVersion version) {
        return PromptJson.text(version);
    }

    /// Keeps a version. One that says the same is there once: it stays as it was.
    ///
    /// @return what is kept
    public PromptVersion write(PromptVersion version) {
        if (Files.isRegularFile(file(version.id()))) {
            return read(version.id());
        }
        AtomicFile.write(file(version.id()), PromptJson.text(version));
        return version;
    }

    /// The id of the promoted version; empty where none is.
    ///
    /// @throws SartorException a user's error where the file holds something else
    public Optional<String> promoted() {
        var file = pointer();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var text = pointed(file).strip();
        if (!isId(text)) {
            throw SartorException.user(
                    file
                            + " must hold the id of a version, "
                            + PromptContent.ID_DIGITS
                            + " hexadecimal digits, got '"
                            + text.substring(0, Math.min(text.length(), 40))
                            + "': `sartor prompts promote "
                            + task
                            + " VERSION` writes it.");
        }
        return Optional.of(text);
    }

    private static String pointed(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Makes a version the promoted one: whoever reads the pointer sees the old one or this.
    ///
    /// @throws SartorException a user's error where there is no such version, or its file was edited
    public PromptVersion promote(String id) {
        var version = read(id);
        AtomicFile.write(pointer(), id + "\n");
        return version;
    }
}
