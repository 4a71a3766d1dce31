package dev.sartor.generate.seq2seq;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Problems;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.AnswerText;
import dev.sartor.model.Adapters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A text-to-text model of this process, as it is or with an adapter on. Of given labels the likeliest is chosen, its end
/// counted, so that a label that begins another has no advantage.
final class TextToTextResponder implements Responder {
    private static final int MOST_ANSWER_TOKENS = 4096;

    private final TextToTextModel model;
    private final SequenceGenerator generator;
    private final Runnable onClose;

    TextToTextResponder(TextToTextModel model, Adapters adapters, Runnable onClose) {
        this.model = model;
        this.generator = new SequenceGenerator(model.network(), adapters, model.endings());
        this.onClose = onClose;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        var answers = new ArrayList<Answer>(Collections.nCopies(questions.size(), null));
        var free = new LinkedHashMap<Integer, Integer>();
        var labelled = new LinkedHashMap<List<String>, List<Integer>>();
        for (int i = 0; i < questions.size(); i++) {
            switch (questions.get(i).form()) {
                case AnswerForm.FreeText(int most) -> free.put(i, most);
                case AnswerForm.OneOf(var labels) ->
                        labelled.computeIfAbsent(labels, _ -> new ArrayList<>()).add(i);
                case AnswerForm.Matching _, AnswerForm.JsonText _ -> throw constrained();
            }
        }
        try (var step = progress.begin("answering", questions.size(), "questions")) {
            write(questions, free, answers, step);
            labelled.forEach((labels, at) -> choose(questions, labels, at, answers, step));
        }
        return answers;
    }

    private void write(
            List<Question> questions,
            Map<Integer, Integer> free,
            List<Answer> answers,
            Progress.Step step) {
        var texts = new ArrayList<AnswerText>();
        var wanted = new ArrayList<SequenceGenerator.Wanted>();
        free.forEach((i, most) -> {
            texts.add(text(questions.get(i), _ -> {}));
            wanted.add(wanted(questions.get(i), most, texts.getLast()));
        });
        var said = generator.write(wanted, step);
        int at = 0;
        for (int i : free.keySet()) {
            var ids = wanted.get(at).ids();
            answers.set(i, answer(texts.get(at).finish(), ids, said.get(at)));
            at++;
        }
    }

    private void choose(
            List<Question> questions,
            List<String> labels,
            List<Integer> at,
            List<Answer> answers,
            Progress.Step step) {
        var prompts = at.stream().map(i -> model.prompt(questions.get(i).messages())).toList();
        var choices = labels.stream().map(model::continuation).toList();
        var scored = generator.score(prompts, choices, step);
        for (int i = 0; i < at.size(); i++) {
            int tokens = prompts.get(i).length;
            answers.set(at.get(i), chosen(labels, choices, tokens, scored.get(i)));
        }
    }

    private static Answer chosen(
            List<String> labels,
            List<int[]> choices,
            int promptTokens,
            SequenceGenerator.Scored scored) {
        var values = scored.logLikelihoods();
        var scores = new HashMap<String, Double>();
        int best = 0;
        for (int i = 0; i < values.length; i++) {
            scores.put(labels.get(i), values[i]);
            best = values[i] > values[best] ? i : best;
        }
        var usage = new Answer.Usage(promptTokens, 0, choices.get(best).length);
        return new Answer(
                labels.get(best), Answer.Finish.STOP, usage, List.of(), scores, scored.seconds());
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return switch (question.form()) {
            case AnswerForm.FreeText(int most) -> {
                var text = text(question, onText);
                var wanted = wanted(question, most, text);
                var step = Progress.silent().begin("", 1, "");
                var said = generator.write(List.of(wanted), step).getFirst();
                yield answer(text.finish(), wanted.ids(), said);
            }
            case AnswerForm.Matching _, AnswerForm.JsonText _ -> throw constrained();
            case AnswerForm.OneOf _ -> {
                var answer = answer(List.of(question), Progress.silent()).getFirst();
                onText.accept(answer.text());
                yield answer;
            }
        };
    }

    private SartorException constrained() {
        return SartorException.user(
                model.name()
                        + " reads a text and says another: it answers with free text or one of given labels"
                        + " only. Ask for one of these, or choose a chat model");
    }

    private SequenceGenerator.Wanted wanted(Question question, int most, AnswerText text) {
        if (question.sampling().topLogProbabilities().isPresent()) {
            throw SartorException.user(
                    "top_logprobs: "
                            + model.name()
                            + " tells no log-probabilities of tokens. Leave it out, or choose a chat model");
        }
        // The answer's keys and values are made room for at once.
        Problems.refuseUnless(
                most <= MOST_ANSWER_TOKENS,
                "max_tokens",
                "1 to " + MOST_ANSWER_TOKENS + " for " + model.name(),
                most,
                "allow fewer tokens for the answer");
        return new SequenceGenerator.Wanted(
                model.prompt(question.messages()), most, question.sampling(), text);
    }

    private AnswerText text(Question question, Consumer<String> onText) {
        return new AnswerText(model.tokenizer().stream(true), question.sampling().stop(), onText);
    }

    private static Answer answer(String text, int[] prompt, SequenceGenerator.Said said) {
        var usage = new Answer.Usage(prompt.length, 0, said.ids().length);
        return new Answer(text.strip(), said.finish(), usage, List.of(), Map.of(), said.seconds());
    }

    /// What is read alone: the answer is written beside it.
    @Override
    public OptionalInt room(Question question) {
        int text = model.source(question.messages()).length;
        return OptionalInt.of(model.network().contextLength() - text);
    }

    @Override
    public OptionalInt promptTokens(Question question) {
        return OptionalInt.of(model.source(question.messages()).length);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
