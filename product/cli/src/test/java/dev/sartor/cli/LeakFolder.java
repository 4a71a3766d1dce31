package dev.sartor.cli;

import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One tenant's folder of documents with random rules, and a judge of who may read what, who knows what was written and
/// nothing of the project's code. Every document has words of its own: `p7` in its name, `t7` in its title, and `x7` in its
/// text, which copies share. So whatever is shown tells whose it is.
public final class LeakFolder {
    static final List<String> USERS = List.of("ann", "ben");
    static final List<String> GROUPS = List.of("a", "b", "c");
    private static final List<String> FOLDERS = List.of("", "a", "a/b", "c");
    private static final int DOCUMENTS = 12;
    private static final int WORDS = 10;

    /// Between numbers, so that a model that counts on from one does not meet the next.
    private static final int STEP = 7919;

    /// @param readers empty where it says nothing of them
    private record Rule(Optional<Set<String>> readers, Set<String> deny) {
        String yaml(String indent) {
            return readers.map(names -> "readers: [" + String.join(", ", names) + "]\n" + indent)
                            .orElse("")
                    + "deny: ["
                    + String.join(", ", deny)
                    + "]\n";
        }
    }

    private record Listed(String path, Rule rule) {}

    /// @param markers in its name, title and text
    /// @param isReadable whether it has passages
    public record Content(Set<String> markers, String title, boolean isReadable) {}

    private final Path root;
    private final Random random;
    private final boolean isPublic;
    private final Map<String, Content> texts = new TreeMap<>();
    private final Map<String, Rule> sidecars = new TreeMap<>();
    private List<Listed> manifest = List.of();
    private int number;

    /// @param first the number from which on documents are numbered, so that two tenants' never are alike
    LeakFolder(Path root, Random random, int first) throws IOException {
        this.root = root;
        this.random = random;
        this.number = first;
        this.isPublic = random.nextInt(4) == 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            write();
        }
        int empty = next();
        AtomicFile.write(docs().resolve("a/p" + empty + ".pdf"), "");
        texts.put("a/p" + empty + ".pdf", new Content(Set.of("p" + empty), "", false));
        writeRules();
    }

    public Path docs() {
        return root.resolve("docs");
    }

    public Path index() {
        return root.resolve("shelf");
    }

    public Path manifest() {
        return root.resolve("access.yaml");
    }

    public boolean isPublic() {
        return isPublic;
    }

    public Map<String, Content> all() {
        return texts;
    }

    /// New rules for all, one document less and one more.
    void change() throws IOException {
        var gone = List.copyOf(texts.keySet()).get(random.nextInt(texts.size()));
        texts.remove(gone);
        Files.delete(docs().resolve(gone));
        write();
        writeRules();
    }

    private int next() {
        number += STEP;
        return number;
    }

    private void write() {
        var folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
        int own = next();
        int text = random.nextInt(4) == 0 && !texts.isEmpty() ? copied() : own;
        var path = (folder.isEmpty() ? "" : folder + "/") + "p" + own + ".md";
        var words = new StringBuilder("kettle lamp");
        for (int i = 0; i < WORDS; i++) {
            words.append(" f").append(text).append((char) ('a' + i));
        }
        AtomicFile.write(docs().resolve(path), "# t" + own + "\n" + words + " x" + text + ".\n");
        texts.put(path, new Content(Set.of("p" + own, "t" + own, "x" + text), "t" + own, true));
    }

    private int copied() {
        var any = List.copyOf(texts.values()).get(random.nextInt(texts.size()));
        return any.markers().stream()
                .filter(marker -> marker.startsWith("x"))
                .mapToInt(marker -> Integer.parseInt(marker.substring(1)))
                .findFirst()
                .orElse(number);
    }

    private void writeRules() throws IOException {
        for (var sidecar : sidecars.keySet()) {
            Files.delete(docs().resolve(sidecar));
        }
        sidecars.clear();
        for (var folder : FOLDERS) {
            sidecar((folder.isEmpty() ? "" : folder + "/") + ".access.yaml", 2);
        }
        texts.keySet().forEach(path -> sidecar(path + ".access.yaml", 3));
        var listed = new ArrayList<Listed>();
        var paths = List.copyOf(texts.keySet());
        for (int i = 0; i < 4; i++) {
            var about =
                    List.of("**", "a", "c", paths.get(random.nextInt(paths.size())))
                            .get(random.nextInt(4));
            listed.add(new Listed(about, rule()));
        }
        manifest = List.copyOf(listed);
        var yaml = new StringBuilder("rules:\n");
        for (var each : manifest) {
            yaml.append("  - paths: [\"").append(each.path()).append("\"]\n    ");
            yaml.append(each.rule().yaml("    "));
        }
        Files.writeString(manifest(), yaml);
    }

    private void sidecar(String path, int oneIn) {
        if (random.nextInt(oneIn) == 0) {
            var rule = rule();
            AtomicFile.write(docs().resolve(path), rule.yaml(""));
            sidecars.put(path, rule);
        }
    }

    private Rule rule() {
        var readers =
                switch (random.nextInt(6)) {
                    case 0 -> Optional.<Set<String>>empty();
                    case 1, 2 -> Optional.of(Set.of("everyone"));
                    default -> Optional.of(some(3));
                };
        return new Rule(readers, random.nextInt(3) == 0 ? some(2) : Set.of());
    }

    private Set<String> some(int most) {
        var names = new TreeSet<String>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            names.add(
                    random.nextBoolean()
                            ? "user:" + USERS.get(random.nextInt(USERS.size()))
                            : "group:" + GROUPS.get(random.nextInt(GROUPS.size())));
        }
        return names;
    }

    boolean may(Set<String> who, String path) {
        var near = new ArrayList<Rule>();
        for (int at = -1; at == -1 || at < path.length(); ) {
            add(near, at == -1 ? ".access.yaml" : path.substring(0, at) + "/.access.yaml");
            int next = path.indexOf('/', at + 1);
            at = next < 0 ? path.length() : next;
        }
        add(near, path + ".access.yaml");
        var far =
                manifest.stream()
                        .filter(each ->
                                each.path().equals("**")
                                        || each.path().equals(path)
                                        || path.startsWith(each.path() + "/"))
                        .map(Listed::rule)
                        .toList();
        var readers = new ArrayList<Set<String>>();
        for (var rules : List.of(near, far)) {
            if (rules.stream().anyMatch(rule -> rule.deny().stream().anyMatch(who::contains))) {
                return false;
            }
            rules.stream()
                    .flatMap(rule -> rule.readers().stream())
                    .reduce((_, nearer) -> nearer)
                    .ifPresent(readers::add);
        }
        return (isPublic || !readers.isEmpty())
                && readers.stream()
                        .allMatch(names ->
                                names.contains("everyone")
                                        || names.stream().anyMatch(who::contains));
    }

    private void add(List<Rule> rules, String sidecar) {
        Optional.ofNullable(sidecars.get(sidecar)).ifPresent(rules::add);
    }

    public Map<String, Content> permitted(Set<String> who) {
        var permitted = new TreeMap<>(texts);
        permitted.keySet().removeIf(path -> !may(who, path));
        return permitted;
    }

    public Set<String> markers(Set<String> who) {
        var markers = new HashSet<String>();
        permitted(who).values().forEach(content -> markers.addAll(content.markers()));
        return markers;
    }
}
