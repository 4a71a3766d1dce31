package dev.sartor.documents.access;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Glob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may read what, in one file: rules of path patterns, the last one that fits and names readers decides, and whoever
/// any fitting one denies is denied. A pattern that fits a folder holds for all below it.
public record AccessManifest(List<Rule> rules) {
    /// Rules for some paths.
    ///
    /// @param place the rule's file and line, number and patterns, as in `access.yaml:5: rule 2 (hr)`
    public record Rule(String place, List<Glob> paths, AccessRule access) {
        boolean isAbout(String path) {
            return paths.stream().anyMatch(glob -> glob.fitsOrHolds(path));
        }
    }

    public AccessManifest {
        rules = List.copyOf(rules);
    }

    /// @throws SartorException a user's error that lists all that is wrong with it
    public static AccessManifest read(Path file) {
        var problems = new Problems();
        var rules = new ArrayList<Rule>();
        if (!Files.isRegularFile(file)) {
            throw SartorException.user(
                    "--access must name a file with access rules, got "
                            + file
                            + ": check the path.");
        }
        var keys = AccessYaml.keys(file, Set.of("rules"), problems);
        if (keys.get("rules") instanceof Collection<?> all) {
            var lines = ListLines.of(file, "rules");
            for (var each : all) {
                int number = rules.size() + 1;
                var place =
                        number <= lines.size()
                                ? file + ":" + lines.get(number - 1) + ": rule " + number
                                : file + ": rule " + number;
                var rule = each instanceof Map<?, ?> map ? map : Map.of();
                rules.add(rule(rule, file + ": rule " + number, place, problems));
            }
        } else if (problems.isEmpty()) {
            problems.add(
                    file.toString(),
                    "must hold `rules:`, a list of paths with readers and whom to deny.");
        }
        problems.throwIfAny();
        return new AccessManifest(rules);
    }

    private static Rule rule(Map<?, ?> keys, String where, String place, Problems problems) {
        AccessYaml.unknown(keys, Set.of("paths", "readers", "deny"), where, problems);
        var paths = keys.get("paths");
        Collection<?> globs = paths instanceof Collection<?> many ? many : List.of();
        if (paths instanceof String one) {
            globs = List.of(one);
        }
        if (globs.isEmpty()) {
            problems.add(where, "must name paths, such as `paths: \"hr/**\"`.");
        }
        var shown = globs.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Rule(
                place + " (" + shown + ")",
                globs.stream().map(glob -> Glob.of(String.valueOf(glob))).toList(),
                AccessRule.of(keys, where, problems));
    }

    AccessRule of(String path) {
        var said = AccessRule.silent();
        for (var rule : rules) {
            if (rule.isAbout(path)) {
                said = said.then(rule.access());
            }
        }
        return said;
    }

    /// The rules that are about none of these documents.
    public List<Rule> unused(List<String> documents) {
        return rules.stream().filter(rule -> documents.stream().noneMatch(rule::isAbout)).toList();
    }
}
