package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.mix.Draw;
import dev.sartor.curate.mix.MixtureShares;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.project.curation.MixtureSettings;
import dev.sartor.project.curation.MixtureSettings.MixedSet;
import dev.sartor.template.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Mixes several sets of rows into one file to train on, and says what it took from where.
public final class Mixing {
    /// The file of the mixture, beside the record.
    public static final String ROWS = "mixture.jsonl";

    /// The file that says how it was made; written last.
    public static final String RECORD = "mixture.json";

    private static final String READERS = "readers";

    private final RowSource source;
    private final MixtureSettings settings;

    /// Of the files of each set, as the user has them.
    private final List<List<String>> digests = new ArrayList<>();

    public Mixing(RowSource source, MixtureSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    /// What was made.
    public record Report(
            List<Part> parts, CleaningReport.Result result, long seed, List<String> notes) {
        public Report {
            parts = List.copyOf(parts);
            notes = List.copyOf(notes);
        }
    }

    /// What one set gave.
    ///
    /// @param size how many rows the set has
    /// @param share that it should have, 0 to 1
    /// @param rows that it gave
    /// @param epochs how often its rows stand in the mixture, on the mean
    public record Part(
            String set, List<String> sha256, int size, double share, int rows, double epochs) {}

    /// @param out a new folder
    public Report mix(Path out) {
        if (Files.exists(out.resolve(RECORD))) {
            throw SartorException.user(out + " holds a mixture: name another --out.");
        }
        var notes = new ArrayList<String>();
        var stores = new ArrayList<RowStore>();
        digests.clear();
        try {
            settings.sets().forEach(set -> stores.add(store(set, notes)));
            return mix(stores, out, notes);
        } finally {
            stores.forEach(RowStore::close);
        }
    }

    private RowStore store(MixedSet set, List<String> notes) {
        var inputs =
                set.repository() ? RowInputs.ofRepository(set.files()) : RowInputs.of(set.files());
        var writer =
                new StoreWriter(
                        source.work().resolve(set.name()),
                        source.progress(),
                        source.cancellation());
        var store = writer.store(inputs, source.columns());
        int unreadable = store.unreadable();
        if (unreadable > 0 || store.size() == 0) {
            store.close();
            throw SartorException.user(
                    "set '"
                            + set.name()
                            + "' has "
                            + unreadable
                            + " rows that cannot be read, and "
                            + store.size()
                            + " that can: clean it first, with `sartor data clean`.");
        }
        inputs.notes().forEach(note -> notes.add(set.name() + ": " + note));
        writer.notes().forEach(note -> notes.add(set.name() + ": " + note));
        digests.add(store.inputs().stream().map(each -> each.sha256()).toList());
        if (!set.repository()) {
            return store;
        }
        try (store) {
            return RepositoryRows.of(set, store, source).store(notes);
        }
    }

    private Report mix(List<RowStore> stores, Path out, List<String> notes) {
        var sizes = stores.stream().mapToInt(RowStore::size).toArray();
        var weights = settings.sets().stream().mapToDouble(MixedSet::weight).toArray();
        var shares =
                new MixtureShares(
                        settings.temperature(),
                        settings.cap().map(OptionalInt::of).orElse(OptionalInt.empty()),
                        settings.maxEpochs());
        int wanted = settings.rows().orElseGet(() -> shares.mostWithoutRepeats(sizes, weights));
        var counts = shares.counts(sizes, weights, wanted);
        int given = IntStream.of(counts).sum();
        if (given < wanted) {
            notes.add(
                    "the sets give "
                            + given
                            + " rows of the "
                            + wanted
                            + " asked for, as no row may stand more than "
                            + settings.maxEpochs()
                            + " times: raise max_epochs, or ask for fewer.");
        }
        var random = new Random(settings.seed());
        var rows = rows(stores, counts, random);
        Collections.shuffle(rows, random);
        var file = out.resolve(ROWS);
        AtomicFile.write(
                file,
                to -> {
                    for (var row : rows) {
                        to.write(row.getBytes(StandardCharsets.UTF_8));
                        to.write('\n');
                    }
                });
        var result = new CleaningReport.Result(ROWS, Sha256.ofReadable(file), rows.size());
        var report =
                new Report(
                        parts(stores, shares.shares(sizes, weights), counts),
                        result,
                        settings.seed(),
                        notes);
        AtomicFile.write(out.resolve(RECORD), Json.pretty(report));
        return report;
    }

    private List<Part> parts(List<RowStore> stores, double[] shares, int[] counts) {
        return IntStream.range(0, counts.length)
                .mapToObj(i ->
                        new Part(
                                settings.sets().get(i).name(),
                                digests.get(i),
                                stores.get(i).size(),
                                Math.round(shares[i] * 1e4) / 1e4,
                                counts[i],
                                Math.round(100.0 * counts[i] / stores.get(i).size()) / 100.0))
                .toList();
    }

    private List<String> rows(List<RowStore> stores, int[] counts, Random random) {
        var rows = new ArrayList<String>();
        try (var step = source.progress().begin("mixing", IntStream.of(counts).sum(), "rows")) {
            for (int i = 0; i < counts.length; i++) {
                var set = new Rows(settings.sets().get(i), stores.get(i), random);
                for (int row : Draw.of(stores.get(i).size(), counts[i], random)) {
                    rows.add(set.row(row));
                    step.advance(1);
                }
            }
        }
        return rows;
    }

    /// One set's rows, as they stand in the mixture.
    private static final class Rows {
        private final MixedSet set;
        private final RowStore store;
        private final Random random;
        private final List<Prompt> prompts;
        private final List<String> options;

        private record Prompt(Optional<Template> system, Template user, Template assistant) {}

        Rows(MixedSet set, RowStore store, Random random) {
            this.set = set;
            this.store = store;
            this.random = random;
            this.prompts =
                    set.templates().stream()
                            .map(each ->
                                    new Prompt(
                                            each.system().map(Template::parse),
                                            Template.parse(each.user()),
                                            Template.parse(each.assistant())))
                            .toList();
            var labels = new TreeSet<String>();
            for (int row = 0; row < store.size() && labels.size() <= 1000; row++) {
                store.label(row).ifPresent(labels::add);
            }
            this.options = List.copyOf(labels);
        }

        String row(int row) {
            var fields = store.fields(row);
            if (prompts.isEmpty()) {
                return fields.put("set", set.name()).toString();
            }
            var prompt = prompts.get(random.nextInt(prompts.size()));
            int shots = set.fewShot().get(random.nextInt(set.fewShot().size()));
            var mixed = Json.mapper().createObjectNode();
            var messages = mixed.putArray("messages");
            prompt.system()
                    .ifPresent(system ->
                            messages.addObject()
                                    .put("role", "system")
                                    .put("content", rendered(system, fields)));
            examples(row, fields, shots).forEach(each -> addTurns(messages, prompt, each));
            addTurns(messages, prompt, fields);
            mixed.put("set", set.name());
            if (fields.has(READERS)) {
                mixed.set(READERS, fields.get(READERS));
            }
            return mixed.toString();
        }

        private void addTurns(
                tools.jackson.databind.node.ArrayNode messages, Prompt prompt, ObjectNode fields) {
            messages.addObject()
                    .put("role", "user")
                    .put("content", rendered(prompt.user(), fields));
            messages.addObject()
                    .put("role", "assistant")
                    .put("content", rendered(prompt.assistant(), fields));
        }

        /// Other rows that the same people may read, as who may read the row is said once.
        private List<ObjectNode> examples(int row, ObjectNode fields, int count) {
            var examples = new ArrayList<ObjectNode>();
            for (int tries = 0; examples.size() < count && tries < 20 * count; tries++) {
                int other = random.nextInt(store.size());
                var others = store.fields(other);
                if (other != row && Objects.equals(others.get(READERS), fields.get(READERS))) {
                    examples.add(others);
                }
            }
            return examples;
        }

        private String rendered(Template template, ObjectNode fields) {
            var variables = new LinkedHashMap<String, Object>();
            for (var name : template.names()) {
                if (!fields.has(name) && !name.equals("options")) {
                    throw SartorException.user(
                            "a template of set '"
                                    + set.name()
                                    + "' shows {{ "
                                    + name
                                    + " }}, which a row has not; it has "
                                    + String.join(", ", fields.propertyNames())
                                    + ".");
                }
            }
            fields.properties()
                    .forEach(each -> variables.put(each.getKey(), plain(each.getValue())));
            variables.put("options", options);
            return template.render(variables, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).text();
        }

        private static Object plain(JsonNode value) {
            var plain = Json.mapper().convertValue(value, Object.class);
            return plain == null ? "" : plain;
        }
    }
}
