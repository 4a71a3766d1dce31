package dev.sartor.benchmarks;

import dev.sartor.cli.console.TextRows;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.PersistentIndex;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        description = {
            "Time searches of a standing index, as one who asks is allowed to.",
            "Questions are embedded before the clock starts: what is timed is the search alone, one after the other."
        },
        footer = {
            "",
            "Example: sartor bench search shelf --queries queries.jsonl --groups sales,support"
        })
final class BenchSearchCommand implements Callable<Integer> {
    /// So many of the questions are searched before the clock starts.
    private static final int WARM_UP = 1000;

    private static final int PASSAGES = 10;

    private final Composition composition;

    @Parameters(paramLabel = "INDEX", description = "The index's folder.")
    Path index = Path.of("");

    @Option(
            names = "--queries",
            required = true,
            paramLabel = "FILE",
            description = "What to look for: rows {\"text\": QUESTION}.")
    Path queries = Path.of("");

    @Mixin AskerOptions asker = new AskerOptions();

    @Mixin UseOption use = new UseOption();

    BenchSearchCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var questions = TextRows.read(queries);
        var embedders = new HubEmbedders(composition.hub(use.use), composition.console());
        try (var open =
                PersistentIndex.open(
                        index, with -> Asked.of(embedders.opening().apply(with), questions))) {
            composition.console().print(Json.line(times(open, questions)));
        }
        return 0;
    }

    private Map<String, Object> times(PersistentIndex open, List<String> questions) {
        var principal = asker.principal();
        for (int i = 0; i < WARM_UP; i++) {
            open.search(questions.get(i % questions.size()), PASSAGES, principal);
        }
        var threads = ManagementFactory.getThreadMXBean();
        var wall = new double[questions.size()];
        var processor = new double[questions.size()];
        int found = 0;
        for (int i = 0; i < wall.length; i++) {
            long used = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            found += open.search(questions.get(i), PASSAGES, principal).size();
            wall[i] = (System.nanoTime() - start) / 1e6;
            processor[i] = (threads.getCurrentThreadCpuTime() - used) / 1e6;
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("passages", open.stats().passages());
        fields.put("questions", questions.size());
        fields.put("found", found);
        fields.put("wall_ms", spread(wall));
        fields.put("processor_ms", spread(processor));
        fields.put("heap_mib", heap());
        return fields;
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

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /// An embedder whose questions were embedded beforehand.
    private record Asked(Embedder embedder, Map<String, float[]> vectors) implements Embedder {
        static Asked of(Embedder embedder, List<String> questions) {
            var vectors = new HashMap<String, float[]>();
            var embedded = embedder.embedQueries(questions);
            for (int i = 0; i < questions.size(); i++) {
                vectors.put(questions.get(i), embedded.get(i));
            }
            return new Asked(embedder, vectors);
        }

        @Override
        public String name() {
            return embedder.name();
        }

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return embedder.embed(texts);
        }

        @Override
        public List<float[]> embedQueries(List<String> texts) {
            return texts.stream().map(this::known).toList();
        }

        private float[] known(String question) {
            return Objects.requireNonNull(vectors.get(question), question).clone();
        }

        @Override
        public int maxTokens() {
            return embedder.maxTokens();
        }

        @Override
        public int countTokens(String text) {
            return embedder.countTokens(text);
        }

        @Override
        public void close() {
            embedder.close();
        }
    }
}
