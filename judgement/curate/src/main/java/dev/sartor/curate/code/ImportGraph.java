package dev.sartor.curate.code;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which files of a repository import which others, as far as their names tell.
final class ImportGraph {
    /// A name that so many files might mean tells nothing.
    private static final int MOST_MEANT = 50;

    private static final List<String> INDEXES = List.of("/__init__", "/index", "/mod");

    private final Map<String, Integer> byPath = new HashMap<>();

    /// Files by the ends of their paths: `c.py`, `b/c.py`, `a/b/c.py`.
    private final Map<String, List<Integer>> byEnd = new HashMap<>();

    /// Files by the ends of their folders' paths.
    private final Map<String, List<Integer>> byFolder = new HashMap<>();

    private ImportGraph(List<SourceFile> files) {
        for (int i = 0; i < files.size(); i++) {
            var path = files.get(i).path();
            byPath.putIfAbsent(path, i);
            addEnds(path, i, byEnd);
            int slash = path.lastIndexOf('/');
            if (slash > 0) {
                addEnds(path.substring(0, slash), i, byFolder);
            }
        }
    }

    private static void addEnds(String path, int file, Map<String, List<Integer>> ends) {
        for (int at = 0; at >= 0; at = path.indexOf('/', at) + 1) {
            ends.computeIfAbsent(path.substring(at), _ -> new ArrayList<>()).add(file);
            if (path.indexOf('/', at) < 0) {
                return;
            }
        }
    }

    /// Of each file the files that it imports, none of them itself.
    static List<Set<Integer>> of(List<SourceFile> files) {
        var graph = new ImportGraph(files);
        var imported = new ArrayList<Set<Integer>>();
        for (int i = 0; i < files.size(); i++) {
            var found = new LinkedHashSet<Integer>();
            for (var name : ImportRules.names(files.get(i).path(), files.get(i).text())) {
                found.addAll(graph.meant(files.get(i).path(), name));
            }
            found.remove(i);
            imported.add(found);
        }
        return imported;
    }

    private Collection<Integer> meant(String from, String name) {
        var endings = ImportRules.endings(from);
        if (name.startsWith(".") || ImportRules.ending(from).equals("rb")) {
            return exact(resolved(from, name), endings);
        }
        if (name.endsWith("/")) {
            return few(byFolder.getOrDefault(name.substring(0, name.length() - 1), List.of()));
        }
        var beside = exact(resolved(from, "./" + name), endings);
        return beside.isEmpty() ? byName(name, endings) : beside;
    }

    private List<Integer> exact(String path, List<String> endings) {
        for (var ending : endings) {
            var file = byPath.get(path + ending);
            if (file != null) {
                return List.of(file);
            }
        }
        for (var index : INDEXES) {
            for (var ending : endings) {
                var file = byPath.get(path + index + ending);
                if (file != null) {
                    return List.of(file);
                }
            }
        }
        return List.of();
    }

    /// By the end of a path; of a class within another, or of a member, by that of what it is in; of a package, all its files.
    private Collection<Integer> byName(String name, List<String> endings) {
        for (var some = name;
                some.indexOf('/') > 0;
                some = some.substring(0, some.lastIndexOf('/'))) {
            for (var ending : endings) {
                var found = byEnd.getOrDefault(some + ending, List.of());
                if (!found.isEmpty()) {
                    return few(found);
                }
            }
            if (some.equals(name)) {
                var folder = folder(name, endings.contains(".go"));
                if (!folder.isEmpty()) {
                    return folder;
                }
            }
        }
        return name.indexOf('/') < 0 ? alone(name, endings) : List.of();
    }

    private List<Integer> alone(String name, List<String> endings) {
        for (var ending : endings) {
            var found = byEnd.getOrDefault(name + ending, List.of());
            if (found.size() == 1) {
                return found;
            }
        }
        return List.of();
    }

    /// Go names a package by its module's address before the folder, which the repository has not.
    private List<Integer> folder(String name, boolean isOfModule) {
        for (var some = name; ; some = some.substring(some.indexOf('/') + 1)) {
            boolean isLast = some.indexOf('/') < 0;
            var found =
                    isLast && !isOfModule
                            ? List.<Integer>of()
                            : byFolder.getOrDefault(some, List.of());
            if (isLast || !found.isEmpty()) {
                return few(found);
            }
        }
    }

    private static List<Integer> few(List<Integer> meant) {
        return meant.size() > MOST_MEANT ? List.of() : meant;
    }

    /// A path that is said from a file's folder, without `.` and `..`; what leads out of the repository stays at its top.
    private static String resolved(String from, String name) {
        var parts = new ArrayList<String>();
        int slash = from.lastIndexOf('/');
        var whole = (slash < 0 ? "" : from.substring(0, slash) + "/") + name;
        for (var part : whole.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
