package dev.sartor.compare.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sartor.core.Answer;
import dev.sartor.core.Citations;
import dev.sartor.core.Example;
import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.evaluate.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One candidate's answer to one test example, as it lies in `answers.jsonl`. Every figure recomputes from these.
///
/// @param answer for a classification chosen among the labels, otherwise the text
/// @param freeText what the candidate says to the same question where nothing holds it to the labels
/// @param score the answer's own by the task's metric
/// @param confidence how probable the label is; empty for free text, and where nothing gives scores of labels
/// @param promptTokens of the whole prompt, and how many of them were shared with other questions
/// @param group the example's, such as a customer; empty where it is on its own
/// @param omitted passages that were found and left out; empty where none were
public record StoredAnswer(
        String id,
        String question,
        List<String> references,
        String answer,
        Optional<String> freeText,
        Optional<Confidence> confidence,
        double score,
        List<Found> passages,
        int promptTokens,
        int cachedTokens,
        int completionTokens,
        double seconds,
        Optional<String> group,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Answer.Omitted> omitted) {
    public StoredAnswer {
        references = List.copyOf(references);
        passages = List.copyOf(passages);
    }

    /// With no passage left out.
    public StoredAnswer(
            String id,
            String question,
            List<String> references,
            String answer,
            Optional<String> freeText,
            Optional<Confidence> confidence,
            double score,
            List<Found> passages,
            int promptTokens,
            int cachedTokens,
            int completionTokens,
            double seconds,
            Optional<String> group) {
        this(
                id,
                question,
                references,
                answer,
                freeText,
                confidence,
                score,
                passages,
                promptTokens,
                cachedTokens,
                completionTokens,
                seconds,
                group,
                Optional.empty());
    }

    /// A passage that stood before the question.
    ///
    /// @param readers who may read it, as clauses of which each must name them
    /// @param pages empty where the document has none
    /// @param language in whose way its words are compared; empty where all passages' are alike
    public record Found(
            String document,
            String section,
            String text,
            double score,
            Set<Set<String>> readers,
            Optional<Pages> pages,
            Optional<String> language) {
        static Found of(Passage passage) {
            return new Found(
                    passage.document(),
                    passage.section(),
                    passage.text(),
                    passage.score(),
                    passage.readers().clauses(),
                    Optional.of(passage.pages()).filter(Pages::isKnown),
                    Optional.of(passage.language()).filter(each -> !each.isEmpty()));
        }
    }

    public static StoredAnswer of(Example example, Answer answer, double score) {
        return new StoredAnswer(
                example.id(),
                example.text(),
                example.references(),
                answer.text(),
                Optional.empty(),
                Optional.empty(),
                score,
                answer.passages().stream().map(Found::of).toList(),
                answer.usage().promptTokens(),
                answer.usage().cachedTokens(),
                answer.usage().completionTokens(),
                answer.seconds(),
                example.group(),
                Optional.of(answer.omitted()).filter(each -> !each.equals(Answer.Omitted.none())));
    }

    /// What a metric sees: the text without its citations, which say where it is from and not what it is.
    public static String judged(Answer answer) {
        return judged(answer.text(), answer.passages().size());
    }

    private static String judged(String text, int passages) {
        return Citations.in(text, passages).text().strip();
    }

    /// The calibrated confidence, 0 without one.
    public double sure() {
        return confidence.map(Confidence::calibrated).orElse(0.0);
    }

    /// How probable it is that any label fits, or else the calibrated confidence; 0 without one.
    public double fits() {
        return confidence.map(Confidence::fits).orElse(0.0);
    }

    /// Another answer in the place of what was said.
    public StoredAnswer withAnswer(String other, double itsScore) {
        return new StoredAnswer(
                id,
                question,
                references,
                other,
                freeText,
                confidence,
                itsScore,
                passages,
                promptTokens,
                cachedTokens,
                completionTokens,
                seconds,
                group,
                omitted);
    }

    public StoredAnswer withFreeText(String said) {
        return with(Optional.of(said), confidence);
    }

    public StoredAnswer withConfidence(Optional<Confidence> sure) {
        return with(freeText, sure);
    }

    /// As given after another candidate had been asked the same: it takes the time and the tokens of both.
    public StoredAnswer after(StoredAnswer other) {
        return new StoredAnswer(
                id,
                question,
                references,
                answer,
                freeText,
                confidence,
                score,
                passages,
                other.promptTokens + promptTokens,
                other.cachedTokens + cachedTokens,
                other.completionTokens + completionTokens,
                other.seconds + seconds,
                group,
                omitted);
    }

    private StoredAnswer with(Optional<String> said, Optional<Confidence> sure) {
        return new StoredAnswer(
                id,
                question,
                references,
                answer,
                said,
                sure,
                score,
                passages,
                promptTokens,
                cachedTokens,
                completionTokens,
                seconds,
                group,
                omitted);
    }

    public Prediction prediction() {
        return new Prediction(id, judged(answer, passages.size()), references, group);
    }

    public Optional<Prediction> freePrediction() {
        return freeText.map(said -> new Prediction(id, said, references, group));
    }
}
