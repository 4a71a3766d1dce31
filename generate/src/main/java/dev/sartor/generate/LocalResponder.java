package dev.sartor.generate;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.model.LoraAdapter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A language model of this process, as it is or with an adapter on. Free text is generated in batches; of given labels
/// the likeliest is chosen, its end-of-turn token counted, so that a label that begins another has no advantage.
final class LocalResponder implements Responder {
    private final LanguageModel model;
    private final Optional<LoraAdapter> adapter;
    private final Generator generator;
    private final ChoiceScorer scorer;
    private final Runnable onClose;

    LocalResponder(LanguageModel model, Optional<LoraAdapter> adapter, Runnable onClose) {
        this.model = model;
        this.adapter = adapter;
        this.generator = model.generator();
        this.scorer = new ChoiceScorer(model.decoder());
        this.onClose = onClose;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        var answers = new ArrayList<Answer>(Collections.nCopies(questions.size(), null));
        var free = new ArrayList<Integer>();
        var choices = new LinkedHashMap<List<String>, List<Integer>>();
        for (int i = 0; i < questions.size(); i++) {
            switch (questions.get(i).form()) {
                case AnswerForm.FreeText _ -> free.add(i);
                case AnswerForm.OneOf(var labels) ->
                        choices.computeIfAbsent(labels, _ -> new ArrayList<>()).add(i);
            }
        }
        try (var step = progress.begin("answering", questions.size(), "questions")) {
            put(answers, free, generate(pick(questions, free), step));
            choices.forEach(
                    (labels, at) -> put(answers, at, choose(pick(questions, at), labels, step)));
        }
        return answers;
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return switch (question.form()) {
            case AnswerForm.FreeText(int most) -> streamed(question, most, onText);
            case AnswerForm.OneOf _ -> {
                var answer = answer(List.of(question), Progress.silent()).getFirst();
                onText.accept(answer.text());
                yield answer;
            }
        };
    }

    private Answer streamed(Question question, int most, Consumer<String> onText) {
        var ids = model.prompt(question.messages());
        var text = text(question, onText);
        var prompt = new Prompt(ids, most, question.sampling(), text);
        var step = Progress.silent().begin("", 1, "");
        var done = generator.complete(List.of(prompt), adapter, step).getFirst();
        return answer(text.finish(), ids, done);
    }

    private List<Answer> generate(List<Question> questions, Progress.Step step) {
        var texts = questions.stream().map(q -> text(q, _ -> {})).toList();
        var prompts =
                IntStream.range(0, questions.size())
                        .mapToObj(i -> prompt(questions.get(i), texts.get(i)))
                        .toList();
        var done = generator.complete(prompts, adapter, step);
        return IntStream.range(0, done.size())
                .mapToObj(i -> answer(texts.get(i).finish(), prompts.get(i).ids(), done.get(i)))
                .toList();
    }

    private Prompt prompt(Question question, AnswerText text) {
        int most = question.form() instanceof AnswerForm.FreeText(int tokens) ? tokens : 1;
        return new Prompt(model.prompt(question.messages()), most, question.sampling(), text);
    }

    private AnswerText text(Question question, Consumer<String> onText) {
        return new AnswerText(model.tokenizer().stream(true), question.sampling().stop(), onText);
    }

    private static Answer answer(String text, int[] prompt, Completion done) {
        var usage = new Answer.Usage(prompt.length, done.cachedTokens(), done.ids().length);
        return new Answer(text.strip(), done.finish(), usage, List.of(), Map.of(), done.seconds());
    }

    private List<Answer> choose(List<Question> questions, List<String> labels, Progress.Step step) {
        var continuations = labels.stream().map(this::continuation).toList();
        var prompts = questions.stream().map(q -> model.prompt(q.messages())).toList();
        var scored = scorer.score(prompts, continuations, adapter, step);
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> chosen(labels, continuations, prompts.get(i).length, scored.get(i)))
                .toList();
    }

    /// The label's tokens and the one that ends the turn.
    private int[] continuation(String label) {
        var ids = model.tokenizer().encode(label, false);
        var ends = model.ends().stream().limit(1).mapToInt(Integer::intValue);
        return IntStream.concat(IntStream.of(ids), ends).toArray();
    }

    private static Answer chosen(
            List<String> labels,
            List<int[]> continuations,
            int promptTokens,
            ChoiceScorer.Scored scored) {
        var scores = new HashMap<String, Double>();
        int best = 0;
        for (int i = 0; i < labels.size(); i++) {
            scores.put(labels.get(i), scored.logLikelihoods()[i]);
            best = scored.logLikelihoods()[i] > scored.logLikelihoods()[best] ? i : best;
        }
        var usage =
                new Answer.Usage(
                        promptTokens, scored.cachedTokens(), continuations.get(best).length);
        return new Answer(
                labels.get(best), Answer.Finish.STOP, usage, List.of(), scores, scored.seconds());
    }

    private static List<Question> pick(List<Question> questions, List<Integer> at) {
        return at.stream().map(questions::get).toList();
    }

    private static void put(List<Answer> answers, List<Integer> at, List<Answer> made) {
        for (int i = 0; i < made.size(); i++) {
            answers.set(at.get(i), made.get(i));
        }
    }

    @Override
    public void close() {
        onClose.run();
    }
}
