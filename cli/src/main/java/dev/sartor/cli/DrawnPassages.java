package dev.sartor.cli;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.Document;
import dev.sartor.retrieve.Documents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/// Passages of eight sentences drawn from many; no two share more than two. Passage i may be read by group i mod 100.
final class DrawnPassages {
    private static final int SENTENCES = 8;
    private static final int GROUPS = 100;
    private static final int MOST_SENTENCES = 1 << 20;

    private final List<String> sentences;
    private final RandomGenerator random;

    /// Marks of the triples that a passage has, by their hash. Two triples of one mark cost a drawing that would have
    /// done.
    private final BitSet triples = new BitSet(1 << 30);

    DrawnPassages(List<String> sentences, RandomGenerator random) {
        if (sentences.size() < 1000 || sentences.size() > MOST_SENTENCES) {
            throw SartorException.user(
                    "passages are drawn from 1,000 to 1,048,576 different sentences, got "
                            + sentences.size());
        }
        this.sentences = List.copyOf(sentences);
        this.random = random;
    }

    /// The groups of whoever may read so many of a hundred passages.
    static List<String> groups(int percent) {
        var groups = new ArrayList<String>();
        for (int i = 0; i < percent; i++) {
            groups.add("group:" + i);
        }
        return groups;
    }

    Documents documents(int count) {
        var documents = new ArrayList<Document>();
        for (int i = 0; i < count; i++) {
            documents.add(
                    Document.of(
                            "p" + i, "", passage(), Readers.anyOf(List.of("group:" + i % GROUPS))));
        }
        return Documents.of(documents);
    }

    /// Some words of one sentence, as a question.
    String question() {
        var words = sentences.get(random.nextInt(sentences.size())).split("\\s+");
        int length = Math.min(words.length, 6 + random.nextInt(7));
        int from = random.nextInt(words.length - length + 1);
        return String.join(" ", Arrays.copyOfRange(words, from, from + length));
    }

    private String passage() {
        while (true) {
            var drawn = random.ints(0, sentences.size()).distinct().limit(SENTENCES).toArray();
            var marks = marks(drawn);
            if (Arrays.stream(marks).noneMatch(triples::get)) {
                Arrays.stream(marks).forEach(triples::set);
                return String.join(" ", Arrays.stream(drawn).mapToObj(sentences::get).toList());
            }
        }
    }

    private static int[] marks(int[] drawn) {
        var sorted = drawn.clone();
        Arrays.sort(sorted);
        var marks = new ArrayList<Integer>();
        for (int a = 0; a < sorted.length; a++) {
            for (int b = a + 1; b < sorted.length; b++) {
                for (int c = b + 1; c < sorted.length; c++) {
                    long triple = ((long) sorted[a] << 40) | ((long) sorted[b] << 20) | sorted[c];
                    marks.add((int) ((triple * 0x9E3779B97F4A7C15L) >>> 34));
                }
            }
        }
        return marks.stream().mapToInt(Integer::intValue).toArray();
    }
}
