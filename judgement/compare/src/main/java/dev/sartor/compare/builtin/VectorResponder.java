package dev.sartor.compare.builtin;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Embedder;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Answers by the embedder's vector of what the user asks last; no model writes anything. The embedder is the caller's: it is
/// not closed here.
final class VectorResponder implements Responder {
    private final String name;
    private final Embedder embedder;
    private final Rule rule;

    /// @param name of the candidate, for what is said of it
    VectorResponder(String name, Embedder embedder, Rule rule) {
        this.name = name;
        this.embedder = embedder;
        this.rule = rule;
    }

    /// What answers a vector.
    interface Rule {
        Said answer(float[] vector, AnswerForm form);
    }

    /// @param labelScores the log-probability of each label in nats; empty for free text
    record Said(String text, Map<String, Double> labelScores) {}

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        questions.forEach(each -> refuseUnlessPlain(each.form()));
        long start = System.nanoTime();
        var vectors = embedder.embed(questions.stream().map(Question::text).toList());
        var said = new ArrayList<Said>();
        for (int i = 0; i < questions.size(); i++) {
            said.add(rule.answer(vectors.get(i), questions.get(i).form()));
        }
        double seconds = (System.nanoTime() - start) / 1e9 / Math.max(1, questions.size());
        var answers = new ArrayList<Answer>();
        int cut = 0;
        for (int i = 0; i < questions.size(); i++) {
            int tokens = embedder.countTokens(questions.get(i).text());
            cut += tokens > embedder.maxTokens() ? 1 : 0;
            answers.add(answer(said.get(i), Math.min(tokens, embedder.maxTokens()), seconds));
        }
        if (cut > 0) {
            progress.say(
                    String.format(
                            Locale.ROOT,
                            "%s read %d of %d texts up to the %d tokens that its embedder sees",
                            name,
                            cut,
                            questions.size(),
                            embedder.maxTokens()));
        }
        return answers;
    }

    private static Answer answer(Said said, int tokens, double seconds) {
        return new Answer(
                said.text(),
                Answer.Finish.STOP,
                new Answer.Usage(tokens, 0, 0),
                List.of(),
                said.labelScores(),
                seconds);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        var answer = answer(List.of(question), Progress.silent()).getFirst();
        onText.accept(answer.text());
        return answer;
    }

    private void refuseUnlessPlain(AnswerForm form) {
        if (form instanceof AnswerForm.Matching || form instanceof AnswerForm.JsonText) {
            throw SartorException.user(
                    name
                            + " gives answers that it has seen and cannot write others: leave out the form that"
                            + " the answer is to have, or ask a candidate with a language model.");
        }
    }

    @Override
    public void close() {}
}
