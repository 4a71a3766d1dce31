package dev.sartor.retrieve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A folder of documents that changes by chance, with rules of every kind, and a judge of who may read what. The judge
/// knows what was written and nothing of how the project reads rules.
///
/// Every document has words of its own: `p7` in its name, `t8` as its title; every text has another, `x9`, that stands
/// also in its copies. So whatever is shown tells whose it is.
final class LeakWorld {
    private static final List<String> FOLDERS = List.of("", "a", "a/b", "a/b/c", "d", "d/b");
    private static final int DOCUMENTS = 40;
    private static final int FAMILIES = 12;

    /// @param readers empty where it says nothing of them
    record Rule(Optional<Set<String>> readers, Set<String> deny) {
        private String yaml(String indent) {
            var all = "deny: [" + String.join(", ", deny) + "]\n";
            return readers.map(names -> "readers: [" + String.join(", ", names) + "]\n" + indent)
                            .orElse("")
                    + all;
        }
    }

    private record Listed(String path, Rule rule) {}

    /// A text; texts of one family say nearly the same.
    record Text(int family, int version) {
        String words() {
            var words = new StringBuilder("kettle");
            for (int i = 0; i < 28; i++) {
                words.append(" f").append(family).append((char) ('a' + i % 26)).append(i);
            }
            return words.append(" x").append(version).toString();
        }

        String marker() {
            return "x" + version;
        }
    }

    /// @param title stays with it where it moves
    record Content(String title, List<Text> texts) {}

    /// What lies there at one moment, copied, so that later changes do not change it.
    private record State(
            Map<String, Content> texts,
            Map<String, Rule> sidecars,
            List<Listed> manifest,
            Map<String, String> modes) {
        State copy() {
            return new State(
                    new TreeMap<>(texts),
                    new HashMap<>(sidecars),
                    List.copyOf(manifest),
                    new HashMap<>(modes));
        }
    }

    private final Path docs;
    private final Random random;
    private final List<String> names = new ArrayList<>();
    private final boolean isPublic;
    private final boolean hasManifest;
    private final boolean asksFileSystem;
    private final String owner;
    private final String group;
    private State state =
            new State(new TreeMap<>(), new HashMap<>(), new ArrayList<>(), new HashMap<>());
    private int versions;

    LeakWorld(Path docs, Random random) throws IOException {
        this.docs = docs;
        this.random = random;
        Files.createDirectories(docs);
        var attributes =
                Files.readAttributes(docs, java.nio.file.attribute.PosixFileAttributes.class);
        owner = "user:" + attributes.owner().getName();
        group = "group:" + attributes.group().getName();
        isPublic = random.nextInt(4) == 0;
        hasManifest = random.nextBoolean();
        asksFileSystem = random.nextInt(4) == 0;
        names.addAll(List.of("user:ann", "user:ben", "group:a", "group:b", "tenant:t"));
        if (asksFileSystem) {
            names.addAll(List.of(owner, group));
        }
        for (var folder : FOLDERS) {
            if (asksFileSystem) {
                Files.createDirectories(docs.resolve(folder));
                mode(folder, random.nextInt(3) == 0 ? "rwx---r-x" : "rwxr-xr-x");
            }
        }
        for (int i = 0; i < 60; i++) {
            change();
        }
    }

    /// How a run is to list it now.
    AccessPolicy policy() throws IOException {
        if (!hasManifest) {
            return new AccessPolicy(Optional.empty(), asksFileSystem, isPublic, "");
        }
        var file = docs.resolveSibling("access.yaml");
        var yaml = new StringBuilder("rules:\n");
        for (var listed : state.manifest()) {
            yaml.append("  - paths: [\"").append(listed.path()).append("\"]\n    ");
            yaml.append(listed.rule().yaml("    "));
        }
        Files.writeString(file, state.manifest().isEmpty() ? "rules: []\n" : yaml);
        return new AccessPolicy(
                Optional.of(AccessManifest.read(file)), asksFileSystem, isPublic, "");
    }

    /// Some who ask: names by chance, none of them at times.
    Set<String> someone() {
        return some(4);
    }

    private Set<String> some(int most) {
        var some = new HashSet<String>();
        for (int i = random.nextInt(most); i > 0; i--) {
            some.add(names.get(random.nextInt(names.size())));
        }
        return some;
    }

    void change() throws IOException {
        var folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
        int number = random.nextInt(DOCUMENTS);
        var path = (folder.isEmpty() ? "" : folder + "/") + "p" + number(folder, number) + ".md";
        switch (random.nextInt(10)) {
            case 0 -> sidecar(folder.isEmpty() ? ".access.yaml" : folder + "/.access.yaml");
            case 1, 2 -> sidecar(path + ".access.yaml");
            case 3 -> remove(path);
            case 4 -> move(path);
            case 5 -> list(folder, path);
            case 6 -> mode(path);
            default -> write(path);
        }
    }

    /// One number for each place, so that a document that moves has other words in its name and title.
    private static int number(String folder, int number) {
        return FOLDERS.indexOf(folder) * DOCUMENTS + number;
    }

    private Rule rule() {
        int kind = random.nextInt(6);
        var readers =
                kind == 0
                        ? Optional.<Set<String>>empty()
                        : Optional.of(kind == 1 ? Set.of("everyone") : some(4));
        return new Rule(readers, random.nextInt(3) == 0 ? some(3) : Set.of());
    }

    private void sidecar(String path) throws IOException {
        var file = docs.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        if (random.nextInt(8) == 0) {
            Files.deleteIfExists(file);
            state.sidecars().remove(path);
            return;
        }
        var rule = rule();
        Files.writeString(file, rule.yaml(""));
        state.sidecars().put(path, rule);
    }

    private void list(String folder, String path) {
        if (!hasManifest) {
            return;
        }
        var about = random.nextInt(5) == 0 ? "**" : random.nextBoolean() ? path : folder;
        var manifest = new ArrayList<>(state.manifest());
        manifest.add(new Listed(about.isEmpty() ? "**" : about, rule()));
        if (manifest.size() > 6) {
            manifest.remove(random.nextInt(6));
        }
        state = new State(state.texts(), state.sidecars(), manifest, state.modes());
    }

    private void mode(String path) throws IOException {
        if (asksFileSystem && state.texts().containsKey(path)) {
            var modes = List.of("rw-r--r--", "rw-r-----", "rw-------", "rw----r--");
            mode(path, modes.get(random.nextInt(modes.size())));
        }
    }

    private void mode(String path, String mode) throws IOException {
        Files.setPosixFilePermissions(docs.resolve(path), PosixFilePermissions.fromString(mode));
        state.modes().put(path, mode);
    }

    private void remove(String path) throws IOException {
        state.texts().remove(path);
        Files.deleteIfExists(docs.resolve(path));
    }

    private void move(String to) throws IOException {
        if (state.texts().isEmpty() || state.texts().containsKey(to)) {
            return;
        }
        var from = paths().get(random.nextInt(state.texts().size()));
        Files.createDirectories(docs.resolve(to).resolveSibling("."));
        Files.move(docs.resolve(from), docs.resolve(to));
        state.texts().put(to, state.texts().remove(from));
        var mode = state.modes().remove(from);
        if (mode != null) {
            state.modes().put(to, mode);
        }
    }

    private void write(String path) throws IOException {
        var texts = new ArrayList<Text>();
        int family = random.nextInt(FAMILIES);
        texts.add(text(family));
        if (random.nextInt(3) == 0) {
            texts.add(text((family + 1 + random.nextInt(FAMILIES - 1)) % FAMILIES));
        }
        var title = "t" + ++versions;
        var content = new StringBuilder("# " + title + "\n");
        for (int i = 0; i < texts.size(); i++) {
            content.append("## Part ").append(i).append("\n").append(texts.get(i).words());
            content.append("\n\n");
        }
        var file = docs.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(++versions)));
        state.texts().put(path, new Content(title, List.copyOf(texts)));
        if (asksFileSystem) {
            mode(path, "rw-r--r--");
        }
    }

    /// New, or a copy of one that stands elsewhere.
    private Text text(int family) {
        var there =
                state.texts().values().stream()
                        .flatMap(content -> content.texts().stream())
                        .filter(text -> text.family() == family)
                        .sorted(Comparator.comparingInt(Text::version))
                        .toList();
        return there.isEmpty() || random.nextBoolean()
                ? new Text(family, ++versions)
                : there.get(random.nextInt(there.size()));
    }

    /// The judge, of this moment.
    Judge judge() {
        return new Judge(state.copy());
    }

    List<String> paths() {
        return List.copyOf(state.texts().keySet());
    }

    /// Who may read what of one state of the folder.
    final class Judge {
        private final State then;

        private Judge(State then) {
            this.then = then;
        }

        Map<String, Content> permitted(Set<String> who) {
            var permitted = new TreeMap<String, Content>();
            then.texts()
                    .forEach((path, content) -> {
                        if (may(who, path)) {
                            permitted.put(path, content);
                        }
                    });
            return permitted;
        }

        Map<String, Content> all() {
            return then.texts();
        }

        boolean may(Set<String> who, String path) {
            var bySidecars = bySidecars(who, path);
            var byManifest = hasManifest ? byManifest(who, path) : Said.NOTHING;
            boolean isSaid = asksFileSystem;
            for (var said : List.of(bySidecars, byManifest)) {
                if (said == Said.NO) {
                    return false;
                }
                isSaid |= said == Said.YES;
            }
            return (isSaid || isPublic) && (!asksFileSystem || byFileSystem(who, path));
        }

        private Said bySidecars(Set<String> who, String path) {
            var rules = new ArrayList<Rule>();
            for (var folder : above(path)) {
                add(rules, (folder.isEmpty() ? "" : folder + "/") + ".access.yaml");
            }
            add(rules, path + ".access.yaml");
            return said(who, rules);
        }

        private void add(List<Rule> rules, String sidecar) {
            var rule = then.sidecars().get(sidecar);
            if (rule != null) {
                rules.add(rule);
            }
        }

        private Said byManifest(Set<String> who, String path) {
            return said(
                    who,
                    then.manifest().stream()
                            .filter(each ->
                                    each.path().equals("**")
                                            || each.path().equals(path)
                                            || path.startsWith(each.path() + "/"))
                            .map(Listed::rule)
                            .toList());
        }

        /// The last that names readers decides, whoever any denies is denied.
        private static Said said(Set<String> who, List<Rule> rules) {
            var said = Said.NOTHING;
            for (var rule : rules) {
                if (rule.deny().stream().anyMatch(who::contains)) {
                    return Said.NO;
                }
                if (rule.readers().isPresent()) {
                    var readers = rule.readers().get();
                    boolean isAmong =
                            readers.contains("everyone")
                                    || readers.stream().anyMatch(who::contains);
                    said = isAmong ? Said.YES : Said.LACKING;
                }
            }
            return said == Said.LACKING ? Said.NO : said;
        }

        private boolean byFileSystem(Set<String> who, String path) {
            int at = who.contains(owner) ? 0 : who.contains(group) ? 3 : 6;
            for (var folder : above(path)) {
                if (bits(folder).charAt(at + 2) != 'x') {
                    return false;
                }
            }
            return bits(path).charAt(at) == 'r';
        }

        private String bits(String path) {
            return then.modes().getOrDefault(path, "---------");
        }

        private static List<String> above(String path) {
            var folders = new ArrayList<>(List.of(""));
            for (int at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
                folders.add(path.substring(0, at));
            }
            return folders;
        }
    }

    private enum Said {
        YES,
        LACKING,
        NO,
        NOTHING
    }
}
