package dev.sartor.judge;

import dev.sartor.core.Message;
import dev.sartor.core.Problems;
import dev.sartor.core.file.Sha256;
import java.util.List;

/// By what a judge tells the better of two answers, and how they are put before it. {@link Prompt} says how.
///
/// @param criteria what makes an answer the better one, in a few sentences
/// @param mostCharacters of each text shown; longer ones are cut there, and the judge is told so
public record Rubric(String criteria, int mostCharacters) {
    /// Counts changes to how the texts are put.
    private static final String FORMAT = "1";

    private static final String STANDARD =
            "The better answer is the one that answers the question rightly. Of two that are both right, or both wrong, it is"
                    + " the one that leaves out less of what was asked for; of two that are alike in that, the one with fewer"
                    + " needless words. How an answer is laid out, how sure it sounds and where it stands do not count.";

    private static final String CUT = " […]";

    public Rubric {
        Problems.refuseUnless(
                !criteria.isBlank(),
                "judge.rubric",
                "a text",
                "an empty one",
                "say in a sentence what makes an answer the better one, or leave it out");
        Problems.refuseUnless(
                mostCharacters >= 20,
                "judge.max_answer_characters",
                "at least 20",
                mostCharacters,
                "2000 suits answers of a paragraph or two");
    }

    /// For questions with a right answer.
    public static String standard() {
        return STANDARD;
    }

    /// Of all that says how answers are judged, but for the model.
    public String digest() {
        return Sha256.of(String.join("\0", FORMAT, criteria, Integer.toString(mostCharacters)));
    }

    /// Whether the pair holds a text that is cut.
    boolean cuts(AnswerPair pair) {
        return isCut(pair.question())
                || isCut(pair.first())
                || isCut(pair.second())
                || pair.reference().filter(this::isCut).isPresent();
    }

    private boolean isCut(String text) {
        return text.length() > mostCharacters;
    }

    /// What the judge is asked, with the pair's first answer as A and its second as B.
    List<Message> messages(AnswerPair pair) {
        return new Prompt(this, pair).messages();
    }

    /// As it is shown.
    String shown(String text) {
        return isCut(text) ? cut(text) + CUT : text;
    }

    private String cut(String text) {
        boolean splits = Character.isHighSurrogate(text.charAt(mostCharacters - 1));
        return text.substring(0, splits ? mostCharacters - 1 : mostCharacters);
    }
}
