package dev.sartor.retrieve.ground;

import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.access.Permission;
import dev.sartor.retrieve.split.TextSplitter;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/// Puts as many passages into a prompt as the model's context holds beside the rest of the prompt and the answer. The
/// lowest-ranked are left out, whole. Where not even the best fits, its first sentences stand there with a mark where the
/// rest is missing.
///
/// @param model counts what fits; where it cannot tell, all passages are placed
/// @param isWhole whether all passages must stand there: where they do not fit, the question is refused, and nothing is
///     left out
public record ContextPacking(Grounding grounding, Responder model, boolean isWhole) {
    /// That leaves out what does not fit.
    public ContextPacking(Grounding grounding, Responder model) {
        this(grounding, model, false);
    }

    /// Where a passage was cut.
    static final String CUT = " […]";

    /// @param passages that stand in the question, best first
    /// @param leftOut how many were found beside them
    public record Placed(Question question, List<Passage> passages, int leftOut) {
        boolean isCut() {
            return passages.size() == 1 && passages.getFirst().text().endsWith(CUT);
        }
    }

    /// @param found best first, none that the asker may not read
    public Placed place(Question asked, List<Passage> found) {
        Permission.require(found, asked.principal(), "put into a prompt");
        var question = asked.withOpening(opening(asked, found));
        var all = grounding.ground(question, found);
        if (found.isEmpty() || fits(all)) {
            return new Placed(all, found, 0);
        }
        if (isWhole) {
            throw tooLong(question, all);
        }
        int whole =
                most(found.size() - 1, n -> fits(grounding.ground(question, found.subList(0, n))));
        var shown = whole > 0 ? found.subList(0, whole) : cut(question, found.getFirst());
        return new Placed(grounding.ground(question, shown), shown, found.size() - shown.size());
    }

    /// With the passages only where they do not depend on what is asked, and everyone may read them.
    private List<Message> opening(Question asked, List<Passage> found) {
        boolean isForAll = isWhole && found.stream().allMatch(each -> each.readers().isEveryone());
        return grounding.ground(asked.blank(), isForAll ? found : List.of()).messages();
    }

    private SartorException tooLong(Question question, Question all) {
        int room = model.room(grounding.ground(question, List.of())).orElse(0);
        return SartorException.tooLong(
                String.format(
                        Locale.ROOT,
                        "the documents take %,d tokens, and the model's context holds %,d beside the question, what was said before it and its answer: ask less at once, or a candidate that looks passages up",
                        room - model.room(all).orElse(0),
                        Math.max(0, room)));
    }

    private boolean fits(Question grounded) {
        return model.room(grounded).orElse(0) >= 0;
    }

    /// The passage's first sentences; none where not even one fits.
    private List<Passage> cut(Question question, Passage passage) {
        var sentences = TextSplitter.sentences(passage.text());
        int kept =
                most(
                        sentences.size() - 1,
                        n -> fits(grounding.ground(question, beginning(passage, sentences, n))));
        return kept > 0 ? beginning(passage, sentences, kept) : List.of();
    }

    private static List<Passage> beginning(Passage passage, List<String> sentences, int n) {
        return List.of(passage.withText(String.join(" ", sentences.subList(0, n)) + CUT));
    }

    /// The largest number up to `most` that does, where smaller ones do if larger ones do; 0 where none does.
    private static int most(int most, IntPredicate does) {
        int low = 0;
        int high = most;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (does.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
