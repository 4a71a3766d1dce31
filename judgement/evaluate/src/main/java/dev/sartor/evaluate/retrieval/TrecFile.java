package dev.sartor.evaluate.retrieval;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A file of lines whose fields stand apart by blanks or tabs, as TREC's runs and qrels are. Every bad line is named.
record TrecFile(Path file) {
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /// @param take a line's fields; throws IllegalArgumentException that says what is wrong with them
    void read(Consumer<List<String>> take) {
        var problems = new Problems();
        var lines = text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            var line = lines[i].strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                take.accept(List.of(BLANKS.split(line)));
            } catch (IllegalArgumentException e) {
                problems.add(file + ":" + (i + 1), String.valueOf(e.getMessage()));
            }
        }
        problems.throwIfAny();
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw SartorException.user("there is no file " + file + ": correct the path", e);
        } catch (CharacterCodingException e) {
            throw SartorException.user(file + " must be UTF-8, and is not: save it as UTF-8", e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
