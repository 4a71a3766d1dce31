package dev.sartor.cli.index;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.text.Size;
import dev.sartor.documents.ParseReport;
import dev.sartor.retrieve.index.IndexStats;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.text.Analysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "stats",
        description = {
            "What an index holds and what it was made with, for whoever keeps it.",
            "With --as or --groups: what that user may read of it."
        },
        footer = {
            "",
            "Example: sartor index stats shelf",
            "         sartor index stats shelf --as ann --groups sales"
        })
final class IndexStatsCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "INDEX", description = "The index's folder or address.")
    String index = "";

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    @Mixin AskerOptions asker = new AskerOptions();

    IndexStatsCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        try (var open = PersistentIndex.unasked(IndexStorage.at(index))) {
            composition
                    .console()
                    .print(
                            asker.given()
                                    .map(who -> readable(open, who))
                                    .orElseGet(() -> all(open)));
        }
        return 0;
    }

    private String all(PersistentIndex open) {
        var stats = open.stats();
        return json ? Json.pretty(json(stats)) : String.join("\n", lines(stats));
    }

    private String readable(PersistentIndex open, Principal who) {
        var stats = open.stats(who);
        if (json) {
            var fields =
                    Json.mapper()
                            .createObjectNode()
                            .put("documents", stats.documents())
                            .put("passages", stats.passages());
            languages(fields, stats.languages());
            leftOut(fields, stats.failed());
            return Json.pretty(fields);
        }
        var lines = new ArrayList<String>();
        lines.add("documents   " + stats.documents());
        lines.add("passages    " + stats.passages());
        languages(lines, stats.languages());
        leftOut(lines, stats.failed());
        return String.join("\n", lines);
    }

    /// Most of them first.
    private static void languages(List<String> lines, SortedMap<Analysis, Integer> languages) {
        if (!languages.isEmpty()) {
            lines.add(
                    "languages   "
                            + languages.entrySet().stream()
                                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                                    .map(each -> each.getKey().label() + " " + each.getValue())
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static void languages(ObjectNode json, SortedMap<Analysis, Integer> languages) {
        if (!languages.isEmpty()) {
            var each = json.putObject("languages");
            languages.forEach((language, passages) -> each.put(language.label(), passages));
        }
    }

    private static void leftOut(List<String> lines, List<ParseReport.Unreadable> failed) {
        if (!failed.isEmpty()) {
            lines.add(failed.size() + " documents left out:");
            failed.forEach(file -> lines.add("  " + file));
        }
    }

    private static void leftOut(ObjectNode json, List<ParseReport.Unreadable> failed) {
        var array = json.putArray("left_out");
        for (var file : failed) {
            array.addObject().put("document", file.path()).put("reason", file.reason());
        }
    }

    private static List<String> lines(IndexStats stats) {
        var with = stats.with();
        var settings = with.settings();
        var lines = new ArrayList<String>();
        lines.add("documents   " + stats.documents() + ", " + stats.readers().said());
        stats.readers().next().ifPresent(next -> lines.add("            " + next));
        lines.add("passages    " + stats.passages());
        languages(lines, stats.languages());
        lines.add("rules       " + stats.rules());
        lines.add(
                "embedder    "
                        + (with.hasVectors()
                                ? with.embedder()
                                        + ", "
                                        + stats.dimension()
                                        + " dimensions, "
                                        + settings.vectors().name().toLowerCase(Locale.ROOT)
                                : "none: by words alone"));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "chunks      at most %d tokens, %d shared; words: %s",
                        settings.chunks().tokens(),
                        settings.chunks().overlap(),
                        settings.analysis().label()));
        lines.add("size        " + Size.mib(stats.bytes()));
        lines.add("generation  " + stats.generation());
        if (stats.overlong() > 0) {
            lines.add(
                    stats.overlong()
                            + " passages are longer than the embedder reads: their ends are found by"
                            + " words only. A smaller --chunk-tokens avoids it.");
        }
        leftOut(lines, stats.failed());
        return lines;
    }

    private static ObjectNode json(IndexStats stats) {
        var with = stats.with();
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("documents", stats.documents())
                        .put("for_everyone", stats.readers().everyone())
                        .put("for_nobody", stats.readers().nobody())
                        .put("passages", stats.passages())
                        .put("longer_than_read", stats.overlong())
                        .put("rules", stats.rules())
                        .put("embedder", with.embedder())
                        .put("embedder_digest", with.digest())
                        .put("dimension", stats.dimension())
                        .put("vectors", with.settings().vectors().name().toLowerCase(Locale.ROOT))
                        .put("chunk_tokens", with.settings().chunks().tokens())
                        .put("overlap_tokens", with.settings().chunks().overlap())
                        .put("language", with.settings().analysis().label())
                        .put("bytes", stats.bytes())
                        .put("generation", stats.generation());
        stats.readers().next().ifPresent(next -> json.put("next", next));
        languages(json, stats.languages());
        leftOut(json, stats.failed());
        return json;
    }
}
