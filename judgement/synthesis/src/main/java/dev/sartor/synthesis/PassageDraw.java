package dev.sartor.synthesis;

import dev.sartor.core.Readers;
import dev.sartor.evaluate.Metric;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.InjectionScore;
import dev.sartor.synthesis.check.QuestionKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Which passages are asked about, in which order, and for what: the documents in turn, so that long ones do not outweigh short ones,
/// each of a document's passages before any again, the kinds of questions in turn.
final class PassageDraw {
    /// Below this a passage says too little to ask about.
    static final int LEAST_WORDS = 12;

    private static final List<QuestionKind> KINDS =
            List.of(
                    QuestionKind.OTHER,
                    QuestionKind.NUMBER,
                    QuestionKind.MANNER,
                    QuestionKind.TIME,
                    QuestionKind.PLACE,
                    QuestionKind.REASON,
                    QuestionKind.PERSON);

    private final List<Integer> order = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Chunk> chunks;

    /// @param passage its number among all
    record Turn(int passage, QuestionKind kind) {}

    private PassageDraw(List<Chunk> chunks) {
        this.chunks = chunks;
    }

    static PassageDraw of(List<Chunk> chunks, long seed) {
        var draw = new PassageDraw(chunks);
        var documents = draw.byDocument();
        var random = new Random(seed);
        var shelves = new ArrayList<>(documents.values());
        Collections.shuffle(shelves, random);
        shelves.forEach(each -> Collections.shuffle(each, random));
        for (int round = 0; draw.order.size() < count(shelves); round++) {
            for (var shelf : shelves) {
                if (round < shelf.size()) {
                    draw.order.add(shelf.get(round));
                }
            }
        }
        return draw;
    }

    private static int count(List<? extends List<Integer>> shelves) {
        return shelves.stream().mapToInt(List::size).sum();
    }

    private Map<String, List<Integer>> byDocument() {
        var documents = new LinkedHashMap<String, List<Integer>>();
        int nobodys = 0;
        int unwritten = 0;
        int suspicious = 0;
        int tooShort = 0;
        for (int i = 0; i < chunks.size(); i++) {
            var chunk = chunks.get(i);
            if (chunk.readers().equals(Readers.nobody())) {
                nobodys++;
            } else if (MadeRow.readers(chunk.readers()).isEmpty()) {
                unwritten++;
            } else if (InjectionScore.usual().flags(chunk.text())) {
                suspicious++;
            } else if (chunk.text().split("\\s+", -1).length < LEAST_WORDS) {
                tooShort++;
            } else {
                documents.computeIfAbsent(chunk.document(), _ -> new ArrayList<>()).add(i);
            }
        }
        note(nobodys, "nobody may read: name who may with --access, or everyone with --public");
        note(
                unwritten,
                "have rules for their readers that a row cannot say (a denial, or two rules at once)");
        note(suspicious, "look like an instruction to the model");
        note(tooShort, "have fewer than " + LEAST_WORDS + " words");
        return documents;
    }

    private void note(int passages, String why) {
        if (passages > 0) {
            notes.add(
                    passages
                            + " of "
                            + chunks.size()
                            + " passages are not asked about, as they "
                            + why
                            + ".");
        }
    }

    /// What was left out, and why.
    List<String> notes() {
        return notes;
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    /// @param number of the try, from 0
    Turn turn(int number) {
        int passage = order.get(number % order.size());
        int round = number / order.size();
        var kinds = kinds(chunks.get(passage));
        return new Turn(passage, kinds.get((number + round) % kinds.size()));
    }

    /// Numbers and days are asked for where there are any.
    private static List<QuestionKind> kinds(Chunk chunk) {
        boolean hasValues = Metric.statesAValue(chunk.text());
        return KINDS.stream()
                .filter(each ->
                        hasValues || (each != QuestionKind.NUMBER && each != QuestionKind.TIME))
                .toList();
    }
}
