package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.Analysis;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.IndexSettings;
import dev.sartor.retrieve.PassageIndex;
import dev.sartor.retrieve.SearchMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "search",
        description = {
            "Time hybrid searches of many passages at 1 %, 10 % and 100 % permitted.",
            "Passages are eight sentences drawn from a file's, vectors stand in for a model's: what is",
            "timed is the search alone."
        },
        footer = {
            "",
            "Example: sartor bench search --sentences sentences.jsonl --passages 100000 --index DIR"
        })
final class BenchSearchCommand implements Callable<Integer> {
    private static final int DIMENSION = 384;
    private static final int WARM_UP = 300;
    private static final int SEED = 6;

    private final Composition composition;

    @Option(
            names = "--sentences",
            required = true,
            paramLabel = "FILE",
            description = "What passages are drawn from: rows {\"text\": SENTENCE}.")
    Path sentences = Path.of("");

    @Option(names = "--passages", description = "How many are indexed (${DEFAULT-VALUE}).")
    int passages = 100_000;

    @Option(names = "--queries", description = "How many are timed (${DEFAULT-VALUE}).")
    int queries = 1000;

    @Option(
            names = "--index",
            required = true,
            paramLabel = "DIR",
            description = "Where the index is kept.")
    Path folder = Path.of("");

    BenchSearchCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var all = TextRows.read(sentences).stream().distinct().toList();
        var drawn =
                new DrawnPassages(all, RandomGeneratorFactory.of("L64X128MixRandom").create(SEED));
        var documents = drawn.documents(passages);
        var settings = new IndexSettings(new ChunkSettings(8192, 0), Analysis.ENGLISH);
        var fields = new LinkedHashMap<String, Object>();
        long start = System.nanoTime();
        try (var index =
                PassageIndex.open(
                        folder,
                        documents,
                        settings,
                        Optional.of(new HashingEmbedder(DIMENSION)),
                        composition.console())) {
            fields.put("passages", index.passages());
            fields.put("open_seconds", rounded((System.nanoTime() - start) / 1e9));
            for (int percent : new int[] {1, 10, 100}) {
                var asking = new Principal(Set.copyOf(DrawnPassages.groups(percent)));
                fields.put("ms_at_" + percent + "_percent", times(index, drawn, asking));
            }
        }
        fields.put("index_mib", rounded(bytes() / 1048576.0));
        fields.put("heap_mib", heap());
        composition.console().print(Json.line(fields));
        return 0;
    }

    private Map<String, Object> times(PassageIndex index, DrawnPassages drawn, Principal asking) {
        var threads = ManagementFactory.getThreadMXBean();
        var wall = new double[queries];
        var processor = new double[queries];
        for (int i = -WARM_UP; i < queries; i++) {
            var question = drawn.question();
            long start = System.nanoTime();
            long used = threads.getCurrentThreadCpuTime();
            index.search(question, 10, asking, SearchMode.HYBRID);
            if (i >= 0) {
                processor[i] = (threads.getCurrentThreadCpuTime() - used) / 1e6;
                wall[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return Map.of("wall", spread(wall), "processor", spread(processor));
    }

    private static Map<String, Object> spread(double[] times) {
        Arrays.sort(times);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("median", rounded(times[times.length / 2]));
        fields.put("p99", rounded(times[(int) (times.length * 0.99)]));
        fields.put("most", rounded(times[times.length - 1]));
        return fields;
    }

    /// What the JVM holds after a collection, without the pages that the system keeps of the index.
    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private long bytes() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(BenchSearchCommand::size).sum();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
