package dev.sartor.compare.failure;

import dev.sartor.compare.run.CheckedAnswer;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Statement;
import dev.sartor.evaluate.ReferenceInPassage;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Where an answer over documents went wrong, after the failure points of Barnett et al. ("Seven failure points when engineering a
/// retrieval augmented generation system", CAIN 2024): at the search, at the model, or at the question. An answer is of the first
/// kind that fits it, in this order. A passage has the reference as {@link ReferenceInPassage} says, its headings and its document's
/// name included, as the model is shown them.
public enum FailurePoint {
    /// The question has no answer in the documents (its reference is the task's `unanswerable`), and yet it was answered.
    UNANSWERABLE("answered though nothing is known"),

    /// The answer says the reference, as the metric `contains` finds it, and yet scores too low: it says it with too much around it.
    VERBOSE("said with too much around it"),

    /// The reference is a bare yes or no, so that words do not tell whether a passage has it.
    UNCLEAR("yes or no, which no passage tells"),

    /// No shown passage has the reference, or none was shown: the search is at fault, or the documents do not say it.
    NOT_FOUND("passage not found"),

    /// A shown passage has the reference, and the answer has nothing from there: none of its statements cites such a passage, or is
    /// supported by it. That nothing is known was said, or the model answered from elsewhere.
    NOT_USED("found and not used"),

    /// A shown passage has the reference, a statement of the answer cites that passage or is supported by it, and yet the answer is wrong.
    MISREAD("used and misread");

    private final String words;

    FailurePoint(String words) {
        this.words = words;
    }

    /// For people.
    public String words() {
        return words;
    }

    /// Of an answer that is not right.
    ///
    /// @param check of the same answer against the passages that it was shown
    /// @param unanswerable the right answer where there is none
    static FailurePoint of(
            StoredAnswer answer, CheckedAnswer check, Optional<String> unanswerable) {
        var references = answer.references();
        if (unanswerable.filter(references::contains).isPresent()) {
            return UNANSWERABLE;
        }
        if (ReferenceInPassage.contains(answer.prediction().answer(), references)) {
            return VERBOSE;
        }
        if (!ReferenceInPassage.canBeLookedFor(references)) {
            return UNCLEAR;
        }
        var found = found(answer);
        if (found.isEmpty()) {
            return NOT_FOUND;
        }
        return check.statements().stream().anyMatch(each -> isFrom(each, found))
                ? MISREAD
                : NOT_USED;
    }

    /// The numbers of the passages that have the reference, from 1.
    private static Set<Integer> found(StoredAnswer answer) {
        return IntStream.range(0, answer.passages().size())
                .filter(i ->
                        ReferenceInPassage.isIn(
                                shown(answer.passages().get(i)), answer.references()))
                .mapToObj(i -> i + 1)
                .collect(Collectors.toSet());
    }

    private static String shown(StoredAnswer.Found passage) {
        return passage.document() + "\n" + passage.section() + "\n" + passage.text();
    }

    private static boolean isFrom(Statement statement, Set<Integer> passages) {
        return statement.cites().stream().anyMatch(passages::contains)
                || (statement.isSupported() && passages.contains(statement.source()));
    }
}
