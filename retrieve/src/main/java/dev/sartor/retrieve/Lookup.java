package dev.sartor.retrieve;

import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Role;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Finds passages for questions: what the asker may read, best first. The index is the caller's to close. Safe for
/// concurrent callers.
public final class Lookup {
    /// How many times more are looked at where some may be left out.
    private static final int MORE = 2;

    private final PassageIndex index;
    private final RetrievalSettings settings;
    private final LongAdder suspicious = new LongAdder();

    public Lookup(PassageIndex index, RetrievalSettings settings) {
        this.index = index;
        this.settings = settings;
    }

    /// The passages of each question, in the questions' order.
    public List<List<Passage>> find(List<Question> questions) {
        int k =
                settings.dropsInjections()
                        ? Math.min(MORE * settings.k(), PassageIndex.MOST_PASSAGES)
                        : settings.k();
        var way = index.usual(settings.mode()).rerankedBy(settings.reranking());
        return index.searchAll(inquiries(questions), k, way).stream().map(this::admitted).toList();
    }

    /// How like the nearest passage that the asker may read each question is, by the embedder: cosines, −1 to 1; −1 where
    /// there is no passage. Unlike a fused rank it says something between two questions.
    public List<Double> nearness(List<Question> questions) {
        var alone = SearchSettings.of(SearchMode.VECTOR).withWholeDocument(0);
        return index.searchAll(inquiries(questions), 1, alone).stream()
                .map(found -> found.isEmpty() ? -1.0 : found.getFirst().score())
                .toList();
    }

    /// How many passages have been left out so far as they look like an instruction to the model.
    long suspicious() {
        return suspicious.sum();
    }

    private List<Passage> admitted(List<Passage> found) {
        if (!settings.dropsInjections()) {
            return found;
        }
        var harmless =
                found.stream().filter(each -> !InjectionScore.usual().flags(each.text())).toList();
        suspicious.add(found.size() - harmless.size());
        return harmless.subList(0, Math.min(settings.k(), harmless.size()));
    }

    private static List<PassageIndex.Inquiry> inquiries(List<Question> questions) {
        return questions.stream()
                .map(each -> new PassageIndex.Inquiry(asked(each), each.principal()))
                .toList();
    }

    private static String asked(Question question) {
        return question.messages().reversed().stream()
                .filter(message -> message.role() == Role.USER)
                .findFirst()
                .map(message -> message.content())
                .orElseGet(question::text);
    }
}
