package dev.sartor.compare.builtin;

import dev.sartor.classify.NearestRows;
import dev.sartor.classify.TextClassifier;
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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Answers by a rule over what is seen of the text that the user asks last, such as its vector; no model writes anything.
final class RuleResponder implements Responder {
    private final String name;
    private final Sight sight;
    private final Rule rule;

    private RuleResponder(String name, Sight sight, Rule rule) {
        this.name = name;
        this.sight = sight;
        this.rule = rule;
    }

    /// Answers by vectors.
    ///
    /// @param name of the candidate, for what is said of it
    /// @param embedder the caller's: it is not closed here
    /// @param near the examples whose nearness is told with each answer; empty where nobody asks for it
    static Responder ofVectors(
            String name, Embedder embedder, Optional<NearestRows> near, Rule rule) {
        return new RuleResponder(name, new Vectors(embedder, near), rule);
    }

    /// Answers by the texts themselves.
    static Responder ofTexts(String name, Rule rule) {
        return new RuleResponder(name, new Words(), rule);
    }

    /// What is seen of a text.
    ///
    /// @param vector of no components where none is computed
    record Seen(String text, float[] vector) {}

    /// What answers what is seen of a text.
    interface Rule {
        Said answer(Seen seen, AnswerForm form);
    }

    /// How texts are seen.
    private interface Sight {
        List<Seen> of(List<String> texts);

        /// How many tokens of the text are seen.
        int tokens(String text);

        boolean isCut(String text);

        /// To the nearest example, a cosine; empty where it is not told.
        OptionalDouble nearness(Seen seen);

        /// Such as "the 512 tokens that its embedder sees".
        String limit();
    }

    private record Vectors(Embedder embedder, Optional<NearestRows> near) implements Sight {
        @Override
        public OptionalDouble nearness(Seen seen) {
            return near.map(rows ->
                            OptionalDouble.of(rows.of(seen.vector(), 1).getFirst().similarity()))
                    .orElse(OptionalDouble.empty());
        }

        @Override
        public List<Seen> of(List<String> texts) {
            var vectors = embedder.embed(texts);
            return IntStream.range(0, texts.size())
                    .mapToObj(i -> new Seen(texts.get(i), vectors.get(i)))
                    .toList();
        }

        @Override
        public int tokens(String text) {
            return Math.min(embedder.countTokens(text), embedder.maxTokens());
        }

        @Override
        public boolean isCut(String text) {
            return embedder.countTokens(text) > embedder.maxTokens();
        }

        @Override
        public String limit() {
            return String.format(
                    Locale.ROOT, "the %d tokens that its embedder sees", embedder.maxTokens());
        }
    }

    /// A token is a word.
    private record Words() implements Sight {
        @Override
        public OptionalDouble nearness(Seen seen) {
            return OptionalDouble.empty();
        }

        @Override
        public List<Seen> of(List<String> texts) {
            return texts.stream().map(text -> new Seen(text, new float[0])).toList();
        }

        @Override
        public int tokens(String text) {
            return TextClassifier.countWords(text);
        }

        @Override
        public boolean isCut(String text) {
            return text.length() > TextClassifier.MOST_CHARACTERS;
        }

        @Override
        public String limit() {
            return String.format(
                    Locale.ROOT, "the %,d characters that it sees", TextClassifier.MOST_CHARACTERS);
        }
    }

    /// @param labelScores the log-probability of each label in nats; empty for free text
    record Said(String text, Map<String, Double> labelScores) {}

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        questions.forEach(each -> refuseUnlessPlain(each.form()));
        long start = System.nanoTime();
        var seen = sight.of(questions.stream().map(Question::text).toList());
        var said = new ArrayList<Said>();
        var near = new ArrayList<OptionalDouble>();
        for (int i = 0; i < questions.size(); i++) {
            said.add(rule.answer(seen.get(i), questions.get(i).form()));
            near.add(sight.nearness(seen.get(i)));
        }
        double seconds = (System.nanoTime() - start) / 1e9 / Math.max(1, questions.size());
        var answers = new ArrayList<Answer>();
        int cut = 0;
        for (int i = 0; i < questions.size(); i++) {
            var text = questions.get(i).text();
            cut += sight.isCut(text) ? 1 : 0;
            var answer = answer(said.get(i), sight.tokens(text), seconds);
            var cosine = near.get(i);
            answers.add(cosine.isPresent() ? answer.withNearness(cosine.getAsDouble()) : answer);
        }
        if (cut > 0) {
            progress.say(
                    String.format(
                            Locale.ROOT,
                            "%s read %d of %d texts up to %s",
                            name,
                            cut,
                            questions.size(),
                            sight.limit()));
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
