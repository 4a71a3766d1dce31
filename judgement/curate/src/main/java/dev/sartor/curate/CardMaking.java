package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.Split;
import dev.sartor.curate.card.CardQuestion;
import dev.sartor.curate.card.DataCard;
import dev.sartor.curate.card.DataFacts;
import dev.sartor.curate.look.FieldShapes;
import dev.sartor.curate.look.Spreads;
import dev.sartor.curate.quality.LanguageIdentifier;
import dev.sartor.curate.quality.Languages;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the card of a data set: what a program can say of it, and the questions that people answer.
public final class CardMaking {
    private static final String READERS = "readers";
    private static final String LICENCE = "licence";
    private static final String UNKNOWN = "unknown";
    private static final int MOST_NAMES = 1000;

    private final RowSource source;
    private final LanguageIdentifier languages;

    private final FieldShapes fields = new FieldShapes();
    private final Map<String, Map<Split, Long>> labels = new TreeMap<>();
    private final Map<String, Long> tongues = new TreeMap<>();
    private final Map<String, Long> readers = new TreeMap<>();
    private final Map<String, Long> licences = new TreeMap<>();

    /// @param identifier tells a text's language by its code or name; empty where it is not sure
    public CardMaking(RowSource source, Function<String, Optional<String>> identifier) {
        this.source = source;
        this.languages = identifier::apply;
    }

    /// What the card is about.
    ///
    /// @param files one for each split that there is
    /// @param recipe of the cleaning that made them; empty where none did
    /// @param answers to questions by their keys, a JSON object; empty where there are none
    public record Request(
            String name,
            Optional<String> licence,
            Map<Split, Path> files,
            Optional<Path> recipe,
            Optional<Path> answers) {}

    /// The card.
    ///
    /// @param unanswered the keys of the questions that wait for an answer, with the questions
    public record Made(String markdown, String html, Map<String, String> unanswered) {}

    public Made make(Request request) {
        var splits = new EnumMap<Split, DataFacts.SplitFacts>(Split.class);
        var lengths = new EnumMap<Split, DataFacts.Lengths>(Split.class);
        request.files().forEach((split, file) -> read(split, file, splits, lengths));
        var facts =
                new DataFacts(
                        request.name(),
                        request.licence(),
                        splits,
                        fields.fields().stream()
                                .map(each ->
                                        new DataFacts.Field(
                                                each.name(), dtype(each.kinds()), each.rows()))
                                .toList(),
                        labels,
                        lengths,
                        spoken(),
                        readers,
                        licences,
                        request.recipe().map(CardMaking::steps).orElse(List.of()));
        var card = DataCard.of(facts, request.answers().map(CardMaking::answers).orElse(Map.of()));
        var unanswered =
                card.unanswered().stream()
                        .collect(
                                Collectors.toMap(
                                        CardQuestion::key,
                                        CardQuestion::question,
                                        (a, _) -> a,
                                        LinkedHashMap::new));
        return new Made(card.markdown(), card.html(), unanswered);
    }

    /// Languages of a hundredth of the rows at least: short texts are taken for others now and then.
    private Map<String, Long> spoken() {
        long rows = tongues.values().stream().mapToLong(Long::longValue).sum();
        var spoken = new TreeMap<String, Long>();
        tongues.forEach((name, count) ->
                spoken.merge(100 * count >= rows ? name : UNKNOWN, count, Long::sum));
        return spoken;
    }

    private void read(
            Split split,
            Path file,
            Map<Split, DataFacts.SplitFacts> splits,
            Map<Split, DataFacts.Lengths> lengths) {
        var writer =
                new StoreWriter(
                        source.work().resolve(split.name()),
                        source.progress(),
                        source.cancellation());
        try (var store = writer.store(RowInputs.of(List.of(file)), source.columns())) {
            var input = store.inputs().getFirst();
            if (input.unreadable() > 0) {
                throw SartorException.user(
                        input.unreadable()
                                + " rows of "
                                + file
                                + " cannot be read: clean it first, with `sartor data clean`.");
            }
            splits.put(split, new DataFacts.SplitFacts(input.name(), input.rows(), input.sha256()));
            lengths.put(split, look(split, store));
        }
    }

    private DataFacts.Lengths look(Split split, RowStore store) {
        var lengths = new double[store.size()];
        var tongue = new Languages(languages, List.of(), true);
        try (var step = source.progress().begin("looking", store.size(), "rows")) {
            for (int row = 0; row < lengths.length; row++) {
                var fieldsOfRow = store.fields(row);
                var text = source.columns().text(fieldsOfRow);
                lengths[row] = text.codePointCount(0, text.length());
                count(tongues, tongue.of(text).orElse(UNKNOWN));
                look(fieldsOfRow);
                source.columns().label(fieldsOfRow).ifPresent(label -> count(split, label));
                step.advance(1);
            }
        }
        var spread = Spreads.of(lengths);
        return new DataFacts.Lengths(
                (long) spread.least(),
                (long) spread.median(),
                (long) spread.p95(),
                (long) spread.most());
    }

    private void look(ObjectNode row) {
        fields.add(row);
        count(readers, row.has(READERS) ? names(row.get(READERS)) : "everyone");
        if (row.path(LICENCE).isString()) {
            count(licences, row.get(LICENCE).stringValue());
        }
    }

    private void count(Split split, String label) {
        if (labels.containsKey(label) || labels.size() < MOST_NAMES) {
            labels.computeIfAbsent(label, _ -> new EnumMap<>(Split.class))
                    .merge(split, 1L, Long::sum);
        }
    }

    /// As a hub names it; what has no such name as rows have it.
    private static String dtype(List<String> kinds) {
        var distinct =
                kinds.stream()
                        .map(kind -> kind.equals("blank") ? "text" : kind)
                        .distinct()
                        .toList();
        return switch (String.join(" or ", distinct)) {
            case "text" -> "string";
            case "number" -> "float64";
            case "true or false" -> "bool";
            default -> String.join(" or ", distinct);
        };
    }

    private static void count(Map<String, Long> counts, String name) {
        if (counts.containsKey(name) || counts.size() < MOST_NAMES) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    private static String names(JsonNode named) {
        if (!named.isArray()) {
            return named.isString() ? named.stringValue() : named.toString();
        }
        var names = new ArrayList<String>();
        named.forEach(each -> names.add(each.asString("")));
        return String.join(", ", names);
    }

    private static List<DataFacts.CleaningStep> steps(Path recipe) {
        try {
            return Json.mapper().readValue(recipe.toFile(), CleaningReport.class).steps().stream()
                    .map(each -> {
                        var settings = new LinkedHashMap<String, String>();
                        each.settings()
                                .forEach((key, value) -> settings.put(key, String.valueOf(value)));
                        return new DataFacts.CleaningStep(
                                each.step(), settings, each.removed(), each.changed());
                    })
                    .toList();
        } catch (JacksonException e) {
            throw SartorException.user(
                    "--recipe must be the recipe.json of a cleaning, got "
                            + recipe
                            + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private static Map<String, String> answers(Path file) {
        var node = Files.exists(file) ? Json.read(file) : null;
        if (!(node instanceof ObjectNode object)) {
            throw SartorException.user(
                    "--answers must be a JSON object of answers by their questions' keys, got "
                            + file
                            + ": `sartor data card --json` names the keys.");
        }
        var answers = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(each -> answers.put(each.getKey(), each.getValue().asString("")));
        return answers;
    }
}
