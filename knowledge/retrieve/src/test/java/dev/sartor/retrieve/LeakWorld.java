package dev.sartor.retrieve;

import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
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

/// A folder of documents that changes by chance, with rules of every kind.
///
/// Every document has words of its own: `p7` in its name, `t8` as its title; every text has another, `x9`, that stands
/// also in its copies. So whatever is shown tells whose it is.
public final class LeakWorld {
    private static final List<String> FOLDERS = List.of("", "a", "a/b", "a/b/c", "d", "d/b");
    private static final int DOCUMENTS = 40;
    private static final int FAMILIES = 12;
    private static final int FIRST_CHANGES = 60;

    /// What a sidecar looks like that nobody can understand; each would let someone read.
    private static final List<String> BROKEN =
            List.of("readers: [user:ann, ben]\n", "readers: [user:ann\n", "reader: everyone\n");

    /// @param readers empty where it says nothing of them
    /// @param isBroken whether it was written so that nobody can understand it
    record Rule(Optional<Set<String>> readers, Set<String> deny, boolean isBroken) {
        private String yaml(String indent) {
            var all = "deny: [" + String.join(", ", deny) + "]\n";
            return readers.map(names -> "readers: [" + String.join(", ", names) + "]\n" + indent)
                            .orElse("")
                    + all;
        }
    }

    record Listed(String path, Rule rule) {}

    /// A text; texts of one family say nearly the same.
    public record Text(int family, int version) {
        public String words() {
            var words = new StringBuilder("kettle");
            for (int i = 0; i < 28; i++) {
                words.append(" f").append(family).append((char) ('a' + i % 26)).append(i);
            }
            return words.append(" x").append(version).toString();
        }

        public String marker() {
            return "x" + version;
        }
    }

    /// @param title stays with it where it moves
    public record Content(String title, List<Text> texts) {}

    /// What lies there at one moment, copied, so that later changes do not change it.
    record State(
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
    private final LeakJudge.Place place;
    private State state =
            new State(new TreeMap<>(), new HashMap<>(), new ArrayList<>(), new HashMap<>());
    private int versions;

    /// @param number says which sources of rules it has: each combination within a dozen
    public LeakWorld(Path docs, int number, Random random) throws IOException {
        this.docs = docs;
        this.random = random;
        Files.createDirectories(docs);
        var attributes =
                Files.readAttributes(docs, java.nio.file.attribute.PosixFileAttributes.class);
        place =
                new LeakJudge.Place(
                        number % 4 >= 2,
                        number % 2 == 1,
                        number % 3 == 2,
                        "user:" + attributes.owner().getName(),
                        "group:" + attributes.group().getName());
        names.addAll(List.of("user:ann", "user:ben", "group:a", "group:b", "tenant:t"));
        if (place.asksFileSystem()) {
            names.addAll(List.of(place.owner(), place.group()));
        }
        for (var folder : FOLDERS) {
            if (place.asksFileSystem()) {
                Files.createDirectories(docs.resolve(folder));
                mode(folder, random.nextInt(3) == 0 ? "rwx---r-x" : "rwxr-xr-x");
            }
        }
        for (int i = 0; i < FIRST_CHANGES; i++) {
            change();
        }
    }

    /// How a run is to list it now.
    public AccessPolicy policy() throws IOException {
        if (!place.hasManifest()) {
            return new AccessPolicy(Optional.empty(), place.asksFileSystem(), place.isPublic(), "");
        }
        var file = docs.resolveSibling("access.yaml");
        var yaml = new StringBuilder("rules:\n");
        for (var listed : state.manifest()) {
            yaml.append("  - paths: [\"").append(listed.path()).append("\"]\n    ");
            yaml.append(listed.rule().yaml("    "));
        }
        Files.writeString(file, state.manifest().isEmpty() ? "rules: []\n" : yaml);
        return new AccessPolicy(
                Optional.of(AccessManifest.read(file)),
                place.asksFileSystem(),
                place.isPublic(),
                "");
    }

    /// Some who ask: names by chance, none of them at times.
    public Set<String> someone() {
        return random.nextInt(10) == 0 ? Set.of() : some(4);
    }

    /// @param most names, at least one of them
    private Set<String> some(int most) {
        var some = new HashSet<String>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            some.add(names.get(random.nextInt(names.size())));
        }
        return some;
    }

    public void change() throws IOException {
        var folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
        int number = random.nextInt(DOCUMENTS);
        var path = (folder.isEmpty() ? "" : folder + "/") + "p" + number(folder, number) + ".md";
        var there = state.texts().isEmpty() || random.nextInt(4) == 0 ? path : anyPath();
        switch (random.nextInt(12)) {
            case 0 -> sidecar(folder.isEmpty() ? ".access.yaml" : folder + "/.access.yaml");
            case 1, 2, 3 -> sidecar(there + ".access.yaml");
            case 4 -> remove(there);
            case 5 -> move(path);
            case 6 -> list(folder, there);
            case 7 -> mode(there);
            case 8 -> write(there);
            default -> write(path);
        }
    }

    private String anyPath() {
        return paths().get(random.nextInt(state.texts().size()));
    }

    /// One number for each place, so that a document that moves has other words in its name and title.
    private static int number(String folder, int number) {
        return FOLDERS.indexOf(folder) * DOCUMENTS + number;
    }

    /// A denial alone, or readers with or without one; at times for nobody.
    private Rule rule() {
        var deny = random.nextInt(2) == 0 ? some(2) : Set.<String>of();
        var readers =
                switch (random.nextInt(8)) {
                    case 0 -> Optional.<Set<String>>empty();
                    case 1, 2, 3 -> Optional.of(Set.of("everyone"));
                    case 4 -> Optional.of(Set.<String>of());
                    default -> Optional.of(some(3));
                };
        return new Rule(readers, deny, false);
    }

    private void sidecar(String path) throws IOException {
        var file = docs.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        switch (random.nextInt(16)) {
            case 0, 1 -> {
                Files.deleteIfExists(file);
                state.sidecars().remove(path);
            }
            case 2 -> {
                Files.writeString(file, BROKEN.get(random.nextInt(BROKEN.size())));
                state.sidecars().put(path, new Rule(Optional.empty(), Set.of(), true));
            }
            default -> {
                var rule = rule();
                Files.writeString(file, rule.yaml(""));
                state.sidecars().put(path, rule);
            }
        }
    }

    private void list(String folder, String path) {
        if (!place.hasManifest()) {
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
        if (place.asksFileSystem() && state.texts().containsKey(path)) {
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
        var from = anyPath();
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
        if (place.asksFileSystem()) {
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
    public LeakJudge judge() {
        return new LeakJudge(place, state.copy());
    }

    List<String> paths() {
        return List.copyOf(state.texts().keySet());
    }
}
