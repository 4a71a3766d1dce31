package dev.sartor.generate;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A language model of this process, as it is or with an adapter on. Free text is generated in batches; of given labels
/// the likeliest is chosen, its end-of-turn token counted, so that a label that begins another has no advantage.
final class LocalResponder implements Responder {
    private final LanguageModel model;
    private final Generator generator;
    private final Runnable onClose;

    LocalResponder(LanguageModel model, Generator generator, Runnable onClose) {
        this.model = model;
        this.generator = generator;
        this.onClose = onClose;
    }

    /// One prompt and the questions about it that it answers.
    private record Asked(
            List<Message> messages,
            List<String> labels,
            Optional<Integer> free,
            Optional<Integer> choice) {
        boolean isLike(Asked other) {
            return labels.equals(other.labels) && free.isPresent() == other.free.isPresent();
        }
    }

    /// A conversation that is asked for free text and for one of its labels, too, is computed once.
    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        if (questions.stream().anyMatch(LocalResponder::isConstrained)) {
            throw constrained();
        }
        var answers = new ArrayList<Answer>(Collections.nCopies(questions.size(), null));
        try (var step = progress.begin("answering", questions.size(), "questions")) {
            var open = new ArrayList<>(asked(questions));
            while (!open.isEmpty()) {
                var first = open.getFirst();
                var group = open.stream().filter(first::isLike).toList();
                open.removeAll(group);
                answer(group, questions, answers, step);
            }
        }
        return answers;
    }

    private static List<Asked> asked(List<Question> questions) {
        var asked = new ArrayList<Asked>();
        var texts = new HashMap<List<Message>, Integer>();
        for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).form() instanceof AnswerForm.FreeText
                    && texts.putIfAbsent(questions.get(i).messages(), i) != null) {
                asked.add(
                        new Asked(
                                questions.get(i).messages(),
                                List.of(),
                                Optional.of(i),
                                Optional.empty()));
            }
        }
        for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).form() instanceof AnswerForm.OneOf(var labels)) {
                var messages = questions.get(i).messages();
                asked.add(
                        new Asked(
                                messages,
                                labels,
                                Optional.ofNullable(texts.remove(messages)),
                                Optional.of(i)));
            }
        }
        texts.forEach((messages, i) ->
                asked.add(new Asked(messages, List.of(), Optional.of(i), Optional.empty())));
        return asked;
    }

    private void answer(
            List<Asked> group, List<Question> questions, List<Answer> answers, Progress.Step step) {
        var texts = new ArrayList<Optional<AnswerText>>();
        var prompts = new ArrayList<Prompt>();
        for (var each : group) {
            var text = each.free().map(i -> text(questions.get(i), _ -> {}));
            texts.add(text);
            var ids = model.prompt(each.messages());
            prompts.add(
                    new Prompt(
                            ids,
                            Prompt.Wearing.SAME,
                            text.map(t -> free(questions.get(each.free().orElseThrow()), t))));
        }
        var labels = group.getFirst().labels();
        var choices = labels.stream().map(this::continuation).toList();
        var done = generator.complete(prompts, choices, step);
        for (int i = 0; i < group.size(); i++) {
            var ids = prompts.get(i).ids();
            var completion = done.get(i);
            int row = i;
            group.get(i)
                    .free()
                    .ifPresent(at ->
                            answers.set(
                                    at,
                                    answer(
                                            texts.get(row).orElseThrow().finish(),
                                            ids,
                                            completion)));
            group.get(i)
                    .choice()
                    .ifPresent(at -> answers.set(at, chosen(labels, choices, ids, completion)));
        }
    }

    private static Prompt.Free free(Question question, AnswerText text) {
        int most = question.form() instanceof AnswerForm.FreeText(int tokens) ? tokens : 1;
        return new Prompt.Free(most, question.sampling(), Optional.empty(), true, text);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return switch (question.form()) {
            case AnswerForm.FreeText(int most) -> streamed(question, most, onText);
            case AnswerForm.Matching _, AnswerForm.JsonText _ -> throw constrained();
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
        var prompt = Prompt.free(ids, most, question.sampling(), text);
        var step = Progress.silent().begin("", 1, "");
        var done = generator.complete(List.of(prompt), List.of(), step).getFirst();
        return answer(text.finish(), ids, done);
    }

    private static boolean isConstrained(Question question) {
        return switch (question.form()) {
            case AnswerForm.Matching _, AnswerForm.JsonText _ -> true;
            case AnswerForm.FreeText _, AnswerForm.OneOf _ -> false;
        };
    }

    private static SartorException constrained() {
        return SartorException.user("this model answers with free text or a label only");
    }

    private AnswerText text(Question question, Consumer<String> onText) {
        return new AnswerText(model.tokenizer().stream(true), question.sampling().stop(), onText);
    }

    private static Answer answer(String text, int[] prompt, Completion done) {
        var made = done.text().orElseThrow();
        var usage = new Answer.Usage(prompt.length, done.cachedTokens(), made.ids().length);
        return new Answer(text.strip(), made.finish(), usage, List.of(), Map.of(), done.seconds());
    }

    /// The label's tokens and the one that ends the turn.
    private int[] continuation(String label) {
        var ids = model.tokenizer().encode(label, false);
        var ends = model.ends().stream().limit(1).mapToInt(Integer::intValue);
        return IntStream.concat(IntStream.of(ids), ends).toArray();
    }

    private static Answer chosen(
            List<String> labels, List<int[]> choices, int[] prompt, Completion done) {
        var likelihoods = done.logLikelihoods();
        var scores = new HashMap<String, Double>();
        int best = 0;
        for (int i = 0; i < labels.size(); i++) {
            scores.put(labels.get(i), likelihoods[i]);
            best = likelihoods[i] > likelihoods[best] ? i : best;
        }
        var usage = new Answer.Usage(prompt.length, done.cachedTokens(), choices.get(best).length);
        return new Answer(
                labels.get(best), Answer.Finish.STOP, usage, List.of(), scores, done.seconds());
    }

    @Override
    public void close() {
        onClose.run();
    }
}
