package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.retrieve.ground.WholeDocuments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether all documents fit into a model's window beside each question and its answer.
///
/// @param model counts
record WholeDocumentsFit(Planned planned, WholeDocuments documents, Responder model) {
    /// Of a model behind an API nobody here can tell what fits, and some cut what does not.
    static String uncounted(Planned planned) {
        return String.format(
                Locale.ROOT,
                "%s was left out: nobody here can count what the window of %s holds.",
                planned.candidate(),
                planned.model());
    }

    /// Why it is left out, in figures; empty where all of it fits beside every question.
    Optional<String> leftOut() {
        if (documents.passages().isEmpty()) {
            return Optional.of(planned.candidate() + " was left out: there are no documents.");
        }
        var questions = questions();
        if (model.room(questions.getFirst()).isEmpty()) {
            return Optional.of(uncounted(planned));
        }
        var longest = Collections.min(questions, Comparator.comparingInt(this::roomAlone));
        int room = roomAlone(longest);
        // Documents that do not fit beside the longest question, which most that are too long do
        // not, are counted once.
        int left = roomLeft(longest);
        for (int i = 0; left >= 0 && i < questions.size(); i++) {
            left = Math.min(left, roomLeft(questions.get(i)));
        }
        return left >= 0
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%s was left out: the documents take %,d tokens, and the window of %s holds %,d beside the longest question and its answer. Fewer documents would fit; retrieval places some passages of them.",
                                planned.candidate(),
                                room - left,
                                planned.model(),
                                Math.max(0, room)));
    }

    private int roomAlone(Question question) {
        return model.room(planned.ask(question, List.of())).orElseThrow();
    }

    private int roomLeft(Question question) {
        return model.room(planned.ask(question, documents.passages())).orElseThrow();
    }

    private List<Question> questions() {
        var examples = new ArrayList<Example>(planned.data().test());
        examples.addAll(planned.data().validation());
        return planned.questions(examples);
    }
}
