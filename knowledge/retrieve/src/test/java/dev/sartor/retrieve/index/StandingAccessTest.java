package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random folders, rules, denials, copies and questions, against a judge of its own who knows only the sidecar files.
class StandingAccessTest {
    private static final long SEED = 20261128;
    private static final List<String> NAMES =
            List.of("user:ann", "user:ben", "group:a", "group:b", "group:c");
    private static final List<SearchMode> MODES = List.of(SearchMode.values());
    private static final List<String> FOLDERS = List.of("", "x", "x/y", "x/y/z", "w");

    private record Rule(Optional<Set<String>> readers, Set<String> deny) {}

    @TempDir private Path root;
    private final HashedWords embedder = HashedWords.usual();
    private final Map<String, Rule> sidecars = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Random random = new Random(SEED);

    private Path docs() {
        return root.resolve("docs");
    }

    private Set<String> names(int most) {
        var names = new HashSet<String>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        return names;
    }

    private void mutate() throws IOException {
        var folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
        int number = random.nextInt(30);
        var path = folder.isEmpty() ? number + ".md" : folder + "/" + number + ".md";
        switch (random.nextInt(4)) {
            case 0 -> sidecar(folder.isEmpty() ? ".access.yaml" : folder + "/.access.yaml");
            case 1 -> sidecar(path + ".access.yaml");
            case 2 -> {
                texts.remove(path);
                Files.deleteIfExists(docs().resolve(path));
            }
            default -> {
                int version = random.nextInt(40); // some are copies of another
                var text = "kettle word%d other%d".formatted(version, version * 7);
                texts.put(path, text);
                Files.createDirectories(docs().resolve(path).resolveSibling("."));
                Files.writeString(docs().resolve(path), "# T\n" + text);
            }
        }
    }

    private void sidecar(String path) throws IOException {
        var rule =
                new Rule(
                        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(names(3)),
                        names(1));
        sidecars.put(path, rule);
        var file = docs().resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(
                file,
                rule.readers().map(r -> "readers: [" + String.join(", ", r) + "]\n").orElse("")
                        + "deny: ["
                        + String.join(", ", rule.deny())
                        + "]\n");
    }

    private boolean may(Set<String> who, String path) {
        boolean allowed = false;
        var places = new java.util.ArrayList<String>(List.of(".access.yaml"));
        for (int at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
            places.add(path.substring(0, at) + "/.access.yaml");
        }
        places.add(path + ".access.yaml");
        for (var place : places) {
            var rule = sidecars.get(place);
            if (rule == null) {
                continue;
            }
            if (rule.deny().stream().anyMatch(who::contains)) {
                return false;
            }
            allowed = rule.readers().map(r -> r.stream().anyMatch(who::contains)).orElse(allowed);
        }
        return allowed;
    }

    @Test
    void nobodyIsShownOrToldOfWhatHeMayNotReadAndEverybodyFindsAllThatHeMay() throws IOException {
        Files.createDirectories(docs());
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"),
                                embedding,
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                docs(), List.of(), AccessPolicy.none(), ParseLimits.usual());
                var index = PersistentIndex.open(root.resolve("index"), _ -> embedder)) {
            for (int round = 0; round < 25; round++) {
                for (int i = 0; i < 20; i++) {
                    mutate();
                }
                indexer.run(shelf, false, Progress.silent(), new Cancellation());
                for (int question = 0; question < 40; question++) {
                    ask(index, "round " + round + ", seed " + SEED);
                }
            }
        }
    }

    private void ask(PersistentIndex index, String when) {
        var who = names(3);
        var mode = MODES.get(random.nextInt(MODES.size()));
        var found = index.search("kettle word" + random.nextInt(40), 200, new Principal(who), mode);
        var shown = new HashSet<String>();
        for (var finding : found) {
            shown.add(finding.passage().document());
            shown.addAll(finding.alsoIn());
        }
        var permitted = new HashSet<String>();
        texts.keySet().stream().filter(path -> may(who, path)).forEach(permitted::add);
        assertThat(shown).as("%s, %s, %s", when, who, mode).isEqualTo(permitted);
        assertThat(found.stream().map(finding -> finding.passage().text()))
                .doesNotHaveDuplicates()
                .allMatch(text -> permitted.stream().anyMatch(p -> text.equals(texts.get(p))));
    }
}
