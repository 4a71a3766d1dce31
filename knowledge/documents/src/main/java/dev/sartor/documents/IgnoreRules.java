package dev.sartor.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a folder's `.sartorignore` leaves out, in the syntax of .gitignore: one pattern a line, `#` for remarks, `!` to take
/// something back in, a `/` at the end for folders alone, a `/` elsewhere for paths that begin at this folder.
public record IgnoreRules(List<Rule> rules) {
    static final String FILE = ".sartorignore";

    record Rule(Glob glob, boolean foldersOnly, boolean takesBack) {}

    /// @return nothing is left out where there is no such file
    public static IgnoreRules in(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? of(Files.readAllLines(file))
                : new IgnoreRules(List.of());
    }

    static IgnoreRules of(List<String> lines) {
        var rules = new ArrayList<Rule>();
        for (var line : lines) {
            var pattern = line.stripTrailing();
            if (pattern.isEmpty() || pattern.startsWith("#")) {
                continue;
            }
            boolean takesBack = pattern.startsWith("!");
            pattern = takesBack ? pattern.substring(1) : pattern;
            boolean foldersOnly = pattern.endsWith("/");
            pattern = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
            boolean anchored = pattern.contains("/");
            pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
            rules.add(
                    new Rule(
                            Glob.of(anchored ? pattern : "**/" + pattern), foldersOnly, takesBack));
        }
        return new IgnoreRules(List.copyOf(rules));
    }

    /// What the last rule that fits says.
    ///
    /// @param path below this folder
    /// @param before what the folders above say
    public boolean leavesOut(String path, boolean isFolder, boolean before) {
        boolean out = before;
        for (var rule : rules) {
            if ((isFolder || !rule.foldersOnly()) && rule.glob().fits(path)) {
                out = !rule.takesBack();
            }
        }
        return out;
    }
}
