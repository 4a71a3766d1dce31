package dev.sartor.core;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What a responder says.
///
/// @param passages what retrieval put in front of the model, best first; empty without retrieval
/// @param labelScores for {@link AnswerForm.OneOf}: log-likelihood in nats of each label; empty where the model gives none
/// @param tokenScores of each token of the text, where the sampling asked for log-probabilities; else empty
/// @param statements the text's sentences, each checked against the passages; empty where nothing was checked
/// @param nearness of the question to the nearest of the examples that the answer goes by, a cosine; empty where it goes by none
/// @param confidence how probable it is that the label is right, 0 to 1, calibrated on validation; empty for free text and where
///     nothing was calibrated
/// @param abstained whether the candidate is not sure enough of the label for it to be used: it is better left to a person
/// @param omitted passages that were found and did not stand before the model
/// @param seconds the answer's share of the wall-clock time of its batch, from question to last token
public record Answer(
        String text,
        Finish finish,
        Usage usage,
        List<Passage> passages,
        Map<String, Double> labelScores,
        List<TokenScore> tokenScores,
        List<Statement> statements,
        OptionalDouble nearness,
        OptionalDouble confidence,
        boolean abstained,
        Omitted omitted,
        double seconds) {
    public Answer {
        passages = List.copyOf(passages);
        labelScores = Map.copyOf(labelScores);
        tokenScores = List.copyOf(tokenScores);
        statements = List.copyOf(statements);
    }

    /// With nothing checked.
    public Answer(
            String text,
            Finish finish,
            Usage usage,
            List<Passage> passages,
            Map<String, Double> labelScores,
            List<TokenScore> tokenScores,
            double seconds) {
        this(
                text,
                finish,
                usage,
                passages,
                labelScores,
                tokenScores,
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                /* abstained= */ false,
                Omitted.none(),
                seconds);
    }

    /// Without scores of tokens.
    public Answer(
            String text,
            Finish finish,
            Usage usage,
            List<Passage> passages,
            Map<String, Double> labelScores,
            double seconds) {
        this(text, finish, usage, passages, labelScores, List.of(), seconds);
    }

    /// Why the text ends where it does.
    public enum Finish {
        /// The model ended its turn, a stop text came, or a label was complete.
        STOP,
        /// The limit of tokens was reached.
        LENGTH,
        /// The caller took the question back.
        CANCELLED
    }

    /// @param promptTokens tokens of the whole prompt, computed or shared
    /// @param cachedTokens those of them that were shared with another question and so computed only once
    public record Usage(int promptTokens, int cachedTokens, int completionTokens) {}

    /// Passages that the asker may read and that were found for the question, but left out.
    ///
    /// @param injections as they look like an instruction to the model
    /// @param withheld as they may not be sent to the remote model that answers
    public record Omitted(int injections, int withheld) {
        private static final Omitted NONE = new Omitted(0, 0);

        public static Omitted none() {
            return NONE;
        }

        public Omitted and(Omitted other) {
            return new Omitted(injections + other.injections, withheld + other.withheld);
        }
    }

    /// Another text in the place of what was said.
    public Answer withText(String other) {
        return new Answer(
                other,
                finish,
                usage,
                passages,
                labelScores,
                tokenScores,
                statements,
                nearness,
                confidence,
                abstained,
                omitted,
                seconds);
    }

    public Answer withPassages(List<Passage> found) {
        return new Answer(
                text,
                finish,
                usage,
                found,
                labelScores,
                tokenScores,
                statements,
                nearness,
                confidence,
                abstained,
                omitted,
                seconds);
    }

    public Answer withOmitted(Omitted left) {
        return new Answer(
                text,
                finish,
                usage,
                passages,
                labelScores,
                tokenScores,
                statements,
                nearness,
                confidence,
                abstained,
                left,
                seconds);
    }

    public Answer withStatements(List<Statement> checked) {
        return new Answer(
                text,
                finish,
                usage,
                passages,
                labelScores,
                tokenScores,
                checked,
                nearness,
                confidence,
                abstained,
                omitted,
                seconds);
    }

    public Answer withNearness(double cosine) {
        return with(OptionalDouble.of(cosine), confidence, abstained);
    }

    public Answer withConfidence(OptionalDouble sure) {
        return with(nearness, sure, abstained);
    }

    public Answer withAbstained(boolean isLeft) {
        return with(nearness, confidence, isLeft);
    }

    private Answer with(OptionalDouble near, OptionalDouble sure, boolean isLeft) {
        return new Answer(
                text,
                finish,
                usage,
                passages,
                labelScores,
                tokenScores,
                statements,
                near,
                sure,
                isLeft,
                omitted,
                seconds);
    }

    public Answer withSeconds(double measured) {
        return new Answer(
                text,
                finish,
                usage,
                passages,
                labelScores,
                tokenScores,
                statements,
                nearness,
                confidence,
                abstained,
                omitted,
                measured);
    }
}
