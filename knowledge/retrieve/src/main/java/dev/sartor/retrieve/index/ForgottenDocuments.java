package dev.sartor.retrieve.index;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// What a standing index forgot on purpose, so that no later run takes it in again: digests of the documents' paths and contents,
/// neither of them in the clear. In a folder it lies as `forgotten.jsonl` beside the generations.
///
/// @param entries in the order in which they were forgotten
public record ForgottenDocuments(List<Entry> entries, Set<String> paths, Set<String> contents) {
    static final String FILE = "forgotten.jsonl";

    private static final String PATH = "path_sha256";
    private static final String CONTENT = "content_sha256";
    private static final String AT = "at";

    /// @param path SHA-256 of the document's path
    /// @param content of the document, as its state had it; empty where nothing was known of it any more
    public record Entry(String path, String content, String at) {
        private String line() {
            return Json.mapper()
                    .createObjectNode()
                    .put(PATH, path)
                    .put(CONTENT, content)
                    .put(AT, at)
                    .toString();
        }
    }

    static ForgottenDocuments none() {
        return of(List.of());
    }

    public static ForgottenDocuments of(List<Entry> entries) {
        var paths = new HashSet<String>();
        var contents = new HashSet<String>();
        for (var entry : entries) {
            paths.add(entry.path());
            if (!entry.content().isEmpty()) {
                contents.add(entry.content());
            }
        }
        return new ForgottenDocuments(List.copyOf(entries), paths, contents);
    }

    /// @param index its folder
    /// @throws SartorException a user's error where the record is damaged: without it, what was forgotten would come back
    static ForgottenDocuments read(Path index) throws IOException {
        var file = index.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return none();
        }
        var entries = new ArrayList<Entry>();
        for (var line : Files.readAllLines(file)) {
            entries.add(entry(file, entries.size() + 1, line));
        }
        return of(entries);
    }

    private static Entry entry(Path file, int number, String line) {
        try {
            var node = Json.mapper().readTree(line);
            var entry =
                    new Entry(
                            node.path(PATH).asString(""),
                            node.path(CONTENT).asString(""),
                            node.path(AT).asString(""));
            if (entry.path().matches("[0-9a-f]{64}")) {
                return entry;
            }
        } catch (JacksonException e) {
            throw damaged(file, number);
        }
        throw damaged(file, number);
    }

    private static SartorException damaged(Path file, int number) {
        return SartorException.user(
                file
                        + ":"
                        + number
                        + " must be a line of the record of what was forgotten, and is damaged: put the file back from a"
                        + " backup, as without it forgotten documents would come back.");
    }

    void write(Path index) {
        var text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.line()).append('\n'));
        AtomicFile.write(index.resolve(FILE), text.toString());
    }

    /// @param content as the document's state has it; empty where it is not known
    ForgottenDocuments with(String path, String content, Instant now) {
        if (holds(path, "") && (content.isEmpty() || contents.contains(content))) {
            return this;
        }
        var all = new ArrayList<>(entries);
        all.add(new Entry(Sha256.of(path), content, now.toString()));
        return of(all);
    }

    /// The document may be taken in again.
    ForgottenDocuments without(String path) {
        var digest = Sha256.of(path);
        return of(entries.stream().filter(entry -> !entry.path().equals(digest)).toList());
    }

    /// Whether such a document stays out, by its path or its content.
    public boolean holds(String path, String content) {
        return !entries.isEmpty()
                && (contents.contains(content) || paths.contains(Sha256.of(path)));
    }
}
