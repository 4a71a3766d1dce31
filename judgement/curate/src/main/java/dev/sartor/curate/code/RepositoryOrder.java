package dev.sartor.curate.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The files of a repository, each behind those that it imports, joined to texts (DeepSeek-Coder, Guo et al. 2024, section 2.3):
/// of the files that are left the next is the one with the fewest imports that have not been read, so that circles are broken where
/// the least is missing. Files that are connected stand together. Each begins with a comment that names its path.
public final class RepositoryOrder {
    private static final Set<String> HASH =
            Set.of("py", "rb", "sh", "bash", "yaml", "yml", "toml", "r", "pl", "ps1", "cmake");
    private static final Set<String> DASH = Set.of("sql", "lua", "hs", "elm", "ada");
    private static final Set<String> MARKUP = Set.of("html", "xml", "md", "vue", "svg");

    private RepositoryOrder() {}

    /// A part of a repository: whole files.
    ///
    /// @param paths in the order in which they stand
    public record Piece(String text, List<String> paths) {
        public Piece {
            paths = List.copyOf(paths);
        }
    }

    /// @param most characters of a piece; a longer file is a piece of its own
    public static List<Piece> pieces(List<SourceFile> files, int most) {
        var pieces = new ArrayList<Piece>();
        var text = new StringBuilder();
        var paths = new ArrayList<String>();
        for (int file : order(files)) {
            var part = headed(files.get(file));
            if (!paths.isEmpty() && text.length() + part.length() > most) {
                pieces.add(new Piece(text.toString(), paths));
                text.setLength(0);
                paths.clear();
            }
            text.append(text.isEmpty() ? "" : "\n").append(part);
            paths.add(files.get(file).path());
        }
        if (!paths.isEmpty()) {
            pieces.add(new Piece(text.toString(), paths));
        }
        return pieces;
    }

    private static String headed(SourceFile file) {
        var ending = ImportRules.ending(file.path());
        var head =
                MARKUP.contains(ending)
                        ? "<!-- " + file.path() + " -->"
                        : (HASH.contains(ending) ? "# " : DASH.contains(ending) ? "-- " : "// ")
                                + file.path();
        return head + "\n" + file.text().stripTrailing() + "\n";
    }

    /// @return the files' numbers
    static List<Integer> order(List<SourceFile> files) {
        var imports = ImportGraph.of(files);
        var order = new ArrayList<Integer>();
        for (var together : connected(files, imports)) {
            order.addAll(ordered(together, files, imports));
        }
        return order;
    }

    /// A file that is ready, or the nearest to it.
    private record Waiting(int missing, String path, int file) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byMissing = Integer.compare(missing, other.missing);
            int byPath = byMissing != 0 ? byMissing : path.compareTo(other.path);
            return byPath != 0 ? byPath : Integer.compare(file, other.file);
        }
    }

    private static List<Integer> ordered(
            List<Integer> together, List<SourceFile> files, List<Set<Integer>> imports) {
        var importers = new HashMap<Integer, List<Integer>>();
        var missing = new HashMap<Integer, Integer>();
        var waiting = new TreeSet<Waiting>();
        for (int file : together) {
            imports.get(file)
                    .forEach(each ->
                            importers.computeIfAbsent(each, _ -> new ArrayList<>()).add(file));
            missing.put(file, imports.get(file).size());
            waiting.add(new Waiting(imports.get(file).size(), files.get(file).path(), file));
        }
        var order = new ArrayList<Integer>();
        while (!waiting.isEmpty()) {
            var next = waiting.removeFirst();
            order.add(next.file());
            missing.remove(next.file());
            for (int file : importers.getOrDefault(next.file(), List.of())) {
                int before = missing.getOrDefault(file, 0);
                if (before > 0) {
                    var path = files.get(file).path();
                    waiting.remove(new Waiting(before, path, file));
                    waiting.add(new Waiting(before - 1, path, file));
                    missing.put(file, before - 1);
                }
            }
        }
        return order;
    }

    /// The files in groups that no import leads out of, by the first of their paths.
    private static List<List<Integer>> connected(
            List<SourceFile> files, List<Set<Integer>> imports) {
        var group = IntStream.range(0, files.size()).toArray();
        for (int file = 0; file < files.size(); file++) {
            for (int other : imports.get(file)) {
                group[root(group, file)] = root(group, other);
            }
        }
        Map<Integer, List<Integer>> groups =
                IntStream.range(0, files.size())
                        .boxed()
                        .sorted((a, b) -> files.get(a).path().compareTo(files.get(b).path()))
                        .collect(
                                Collectors.groupingBy(
                                        file -> root(group, file),
                                        java.util.LinkedHashMap::new,
                                        Collectors.toList()));
        return Collections.unmodifiableList(new ArrayList<>(groups.values()));
    }

    private static int root(int[] group, int file) {
        int root = file;
        while (group[root] != root) {
            group[root] = group[group[root]];
            root = group[root];
        }
        return root;
    }
}
