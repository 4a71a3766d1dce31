package dev.sartor.tune;

/// What the model answers to one question, on its way.
///
/// @param question the user's last turn
/// @param reference the preferred right answer
/// @param answer in the model's own words, however the task's answers are chosen
public record AnswerSample(String question, String reference, String answer) {
    private static final int LONGEST = 160;

    /// On one line, shortened.
    public String line() {
        return Strings.quoted(question.strip(), LONGEST)
                + " → "
                + Strings.quoted(answer.strip(), LONGEST)
                + (answer.strip().equals(reference.strip())
                        ? ", as it should be"
                        : "; right is " + Strings.quoted(reference.strip(), LONGEST));
    }
}
