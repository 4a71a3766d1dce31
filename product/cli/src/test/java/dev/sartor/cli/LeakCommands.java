package dev.sartor.cli;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Questions at the command line, and looks at an index as somebody sees it: all that the terminal and the files that were
/// written show.
final class LeakCommands {
    /// Every document, and more than that.
    private static final int ALL = 100;

    private static final Pattern SCORE = Pattern.compile("\\(\\d\\.\\d+\\)");

    private final LeakFolder folder;
    private final With with;
    private final LeakCounts counts;
    private final Random random;

    /// @param cache where models are found
    /// @param modes in which the index can be searched; the first is always among them
    record With(Path cache, List<String> modes, LeakChat chat) {}

    LeakCommands(LeakFolder folder, With with, LeakCounts counts, Random random) {
        this.folder = folder;
        this.with = with;
        this.counts = counts;
        this.random = random;
    }

    /// @param others what other tenants' folders hold, which is asked for as well
    void ask(LeakFolder others) throws IOException {
        var asker = LeakAsker.any(random);
        var query = query(random.nextInt(3) == 0 ? others : folder);
        switch (random.nextInt(10)) {
            case 0, 1 -> search(asker, query);
            case 2, 3 -> json(asker, query);
            case 4 -> trec(asker, query);
            case 5 -> show(asker);
            case 6 -> stats(asker);
            case 7 -> chat(asker, query);
            case 8 -> where(asker, query);
            default -> mistaken(asker, query);
        }
    }

    /// Words of something that lies there, whoever may read it.
    String query(LeakFolder about) {
        var all = List.copyOf(about.all().values());
        var markers = List.copyOf(all.get(random.nextInt(all.size())).markers());
        return "kettle lamp " + markers.get(random.nextInt(markers.size()));
    }

    private record Said(int code, String results, String remarks) {
        String all() {
            return results + "\n" + remarks;
        }
    }

    private Said sartor(LeakAsker asker, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addAll(asker.options());
        var screen = Screen.file(with.cache());
        int code = screen.sartor(all.toArray(String[]::new));
        return new Said(code, screen.results(), screen.remarks());
    }

    private String mode() {
        return with.modes().get(random.nextInt(with.modes().size()));
    }

    private Set<String> allowed(LeakAsker asker) {
        return folder.markers(asker.names());
    }

    private String shelf() {
        return folder.index().toString();
    }

    private void search(LeakAsker asker, String query) {
        int k = 1 + random.nextInt(20);
        var mode = mode();
        boolean isVaried = with.modes().size() > 1 && random.nextBoolean();
        var said =
                sartor(
                        asker,
                        "search",
                        shelf(),
                        query,
                        "--mode",
                        mode,
                        "-k",
                        Integer.toString(k),
                        "--mmr-lambda",
                        isVaried ? "0.7" : "1");
        boolean isNothing = said.results().strip().equals("Nothing was found.");
        var wrong = new ArrayList<String>();
        if (isNothing != readable(asker).isEmpty()) {
            wrong.add("nothing: " + isNothing);
        }
        if (SCORE.matcher(said.results()).find()) {
            wrong.add("a score");
        }
        counts.count(
                "search, on the terminal, " + mode,
                query,
                allowed(asker),
                said.all(),
                wrong,
                said.code() != 0);
    }

    private Set<String> readable(LeakAsker asker) {
        var paths = new HashSet<String>();
        folder.permitted(asker.names())
                .forEach((path, content) -> {
                    if (content.isReadable()) {
                        paths.add(path);
                    }
                });
        return paths;
    }

    private void json(LeakAsker asker, String query) {
        var mode = mode();
        var said =
                sartor(
                        asker,
                        "search",
                        shelf(),
                        query,
                        "--mode",
                        mode,
                        "-k",
                        Integer.toString(ALL),
                        "--json");
        var found = new HashSet<String>();
        var wrong = new ArrayList<String>();
        for (var each : said.code() == 0 ? tree(said) : List.<JsonNode>of()) {
            found.add(each.get("document").asString());
            each.get("also_in").forEach(other -> found.add(other.asString()));
            if (each.has("score")) {
                wrong.add("a score: " + each.get("score"));
            }
        }
        difference(found, readable(asker), wrong);
        counts.count(
                "search, as JSON, " + mode,
                query,
                allowed(asker),
                said.all(),
                wrong,
                said.code() != 0);
    }

    private static Iterable<JsonNode> tree(Said said) {
        return Json.mapper().readTree(said.results());
    }

    private static void difference(Set<String> found, Set<String> wanted, List<String> wrong) {
        if (!found.equals(wanted)) {
            wrong.add(found + " in place of " + wanted);
        }
    }

    private void trec(LeakAsker asker, String query) throws IOException {
        var queries = folder.index().resolveSibling("queries.jsonl");
        var run = folder.index().resolveSibling("run.trec");
        Files.writeString(
                queries,
                Json.line(java.util.Map.of("_id", "1", "text", query))
                        + "\n"
                        + Json.line(java.util.Map.of("_id", "2", "text", "kettle"))
                        + "\n");
        var said =
                sartor(
                        asker,
                        "search",
                        shelf(),
                        "--queries",
                        queries.toString(),
                        "--trec",
                        run.toString(),
                        "--mode",
                        mode(),
                        "-k",
                        Integer.toString(ALL));
        var wrong = new ArrayList<String>();
        var written = said.code() == 0 ? Files.readString(run) : "";
        boolean isAny = written.lines().anyMatch(line -> line.startsWith("2 "));
        if (isAny == readable(asker).isEmpty()) {
            wrong.add("found for 2: " + isAny);
        }
        counts.count(
                "search, as a TREC run",
                query,
                allowed(asker),
                said.all().replace(run.toString(), "") + written,
                wrong,
                said.code() != 0);
    }

    /// A document by its name, or nearly its name, or all.
    private void show(LeakAsker asker) {
        if (!asker.isNamed()) {
            return; // whoever keeps the index
        }
        var paths = List.copyOf(folder.all().keySet());
        var path = paths.get(random.nextInt(paths.size()));
        var readable = folder.permitted(asker.names());
        if (random.nextBoolean()) {
            var asked = random.nextBoolean() ? path : path.replace(".", "_.");
            var said = sometimesAsJson(asker, "index", "show", shelf(), asked);
            boolean isShown = said.code() == 0;
            boolean may = asked.equals(path) && readable.containsKey(path);
            counts.count(
                    "index show",
                    asked,
                    allowed(asker),
                    said.all(),
                    isShown == may ? List.of() : List.of("shown: " + isShown),
                    said.code() != 0 && said.code() != SartorException.Kind.USER.exitCode());
            return;
        }
        var said = sartor(asker, "index", "show", shelf(), "--all", "--json");
        var found = new HashSet<String>();
        said.results()
                .lines()
                .forEach(
                        line -> found.add(Json.mapper().readTree(line).get("document").asString()));
        var wrong = new ArrayList<String>();
        difference(found, readable.keySet(), wrong);
        counts.count("index show --all", "", allowed(asker), said.all(), wrong, said.code() != 0);
    }

    private Said sometimesAsJson(LeakAsker asker, String... args) {
        var all = new ArrayList<>(List.of(args));
        if (random.nextBoolean()) {
            all.add("--json");
        }
        return sartor(asker, all.toArray(String[]::new));
    }

    private void stats(LeakAsker asker) {
        if (!asker.isNamed()) {
            return;
        }
        var said = sartor(asker, "index", "stats", shelf(), "--json");
        var wrong = new ArrayList<String>();
        if (said.code() == 0) {
            var stats = Json.mapper().readTree(said.results());
            var readable = folder.permitted(asker.names());
            long texts = readable(asker).size();
            expect("documents", stats.get("documents").asLong(), texts, wrong);
            expect("passages", stats.get("passages").asLong(), texts, wrong);
            expect("left out", stats.get("left_out").size(), readable.size() - texts, wrong);
            long told = stats.path("languages").values().stream().mapToLong(JsonNode::asLong).sum();
            expect("told a language", told, texts, wrong);
            expect("fields", stats.size(), texts == 0 ? 3 : 4, wrong);
        }
        counts.count("index stats", "", allowed(asker), said.all(), wrong, said.code() != 0);
    }

    private static void expect(String what, long found, long wanted, List<String> wrong) {
        if (found != wanted) {
            wrong.add(what + " " + found + " in place of " + wanted);
        }
    }

    /// As many sources as there are different texts that he may read; a real model may find room for fewer.
    private void chat(LeakAsker asker, String query) {
        int passages = 1 + random.nextInt(3);
        var said =
                sartor(
                        asker,
                        with.chat()
                                .arguments(folder.index(), query, passages)
                                .toArray(String[]::new));
        long different =
                folder.permitted(asker.names()).values().stream()
                        .flatMap(content -> content.markers().stream())
                        .filter(marker -> marker.startsWith("x"))
                        .distinct()
                        .count();
        var wrong = new ArrayList<String>();
        expect("sources", LeakChat.sources(said.all()), Math.min(passages, different), wrong);
        counts.count("chat --index", query, allowed(asker), said.all(), wrong, said.code() != 0);
    }

    /// What fits and may be read is found; of a document that may not be read it is not told that it fits.
    private void where(LeakAsker asker, String query) {
        var paths = List.copyOf(folder.all().keySet());
        var path = paths.get(random.nextInt(paths.size()));
        var said =
                sartor(
                        asker,
                        "search",
                        shelf(),
                        query,
                        "--mode",
                        mode(),
                        "-k",
                        Integer.toString(ALL),
                        "--where",
                        "path=" + path,
                        "--json");
        var wanted = new HashSet<>(readable(asker));
        wanted.retainAll(Set.of(path));
        var found = new HashSet<String>();
        for (var each : said.code() == 0 ? tree(said) : List.<JsonNode>of()) {
            found.add(each.get("document").asString());
            each.get("also_in").forEach(other -> found.add(other.asString()));
        }
        var wrong = new ArrayList<String>();
        difference(found, wanted, wrong);
        counts.count("search, where", query, allowed(asker), said.all(), wrong, said.code() != 0);
    }

    /// What cannot be done is said without a word of any document.
    private void mistaken(LeakAsker asker, String query) {
        var said =
                switch (random.nextInt(with.modes().size() > 1 ? 3 : 4)) {
                    case 0 -> sartor(asker, "search", shelf(), query, "-k", "5000", "--debug");
                    case 1 -> sartor(asker, "search", shelf(), query, "--mode", "none");
                    case 2 -> sartor(asker, "search", shelf(), query, "--queries", "x", "--debug");
                    default -> sartor(asker, "search", shelf(), query, "--mmr-lambda", "0.7");
                };
        counts.count(
                "error messages",
                query,
                Set.of(),
                said.all(),
                List.of(),
                said.code() != SartorException.Kind.USER.exitCode());
    }
}
