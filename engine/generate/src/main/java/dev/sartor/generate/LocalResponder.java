package dev.sartor.generate;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.schedule.CacheScope;
import dev.sartor.generate.schedule.Completion;
import dev.sartor.generate.schedule.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A language model of this process, as it is or with an adapter on. Text is generated in batches, held to a form where
/// one is asked for; of given labels the likeliest is chosen, its end-of-turn token counted, so that a label that begins
/// another has no advantage.
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
            var messages = questions.get(i).messages();
            boolean isAlone =
                    switch (questions.get(i).form()) {
                        case AnswerForm.FreeText _ -> texts.putIfAbsent(messages, i) != null;
                        case AnswerForm.Matching _, AnswerForm.JsonText _ -> true;
                        case AnswerForm.OneOf _ -> false;
                    };
            if (isAlone) {
                asked.add(new Asked(messages, List.of(), Optional.of(i), Optional.empty()));
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
        var texts = new ArrayList<Optional<GeneratedAnswer>>();
        var prompts = new ArrayList<Prompt>();
        for (var each : group) {
            var text = each.free().map(i -> new GeneratedAnswer(model, questions.get(i), _ -> {}));
            texts.add(text);
            var question = questions.get(each.free().or(each::choice).orElseThrow());
            prompts.add(prompt(question, text.map(GeneratedAnswer::wanted)));
        }
        var labels = group.getFirst().labels();
        var choices = labels.stream().map(this::continuation).toList();
        var done = complete(prompts, choices, step);
        for (int i = 0; i < group.size(); i++) {
            int prompt = prompts.get(i).ids().length;
            var completion = done.get(i);
            var text = texts.get(i);
            var asked = group.get(i);
            asked.free()
                    .ifPresent(
                            at -> answers.set(at, text.orElseThrow().answer(prompt, completion)));
            asked.choice()
                    .ifPresent(at -> answers.set(at, chosen(labels, choices, prompt, completion)));
        }
    }

    private List<Completion> complete(
            List<Prompt> prompts, List<int[]> choices, Progress.Step step) {
        var parts = ChoiceParts.of(choices, model.tokenizer().vocabularySize());
        var done = generator.complete(prompts, parts.getFirst(), step);
        var scored = prompts.stream().map(Prompt::withoutText).toList();
        for (var part : parts.subList(1, parts.size())) {
            var silent = Progress.silent().begin("", scored.size(), "");
            var more = generator.complete(scored, part, silent);
            var before = done;
            done =
                    IntStream.range(0, more.size())
                            .mapToObj(i -> before.get(i).with(more.get(i)))
                            .toList();
        }
        return done;
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return switch (question.form()) {
            case AnswerForm.FreeText _, AnswerForm.Matching _, AnswerForm.JsonText _ ->
                    streamed(question, onText);
            case AnswerForm.OneOf _ -> {
                var answer = answer(List.of(question), Progress.silent()).getFirst();
                onText.accept(answer.text());
                yield answer;
            }
        };
    }

    private Answer streamed(Question question, Consumer<String> onText) {
        var text = new GeneratedAnswer(model, question, onText);
        var prompt = prompt(question, Optional.of(text.wanted()));
        var step = Progress.silent().begin("", 1, "");
        var done = generator.complete(List.of(prompt), List.of(), step).getFirst();
        return text.answer(prompt.ids().length, done);
    }

    private Prompt prompt(Question question, Optional<Prompt.Free> text) {
        var ids = model.prompt(question.messages());
        var scope = CacheScope.of(model.open(question.opening(), ids), question.principal());
        return new Prompt(ids, Prompt.AdapterSlot.SAME, scope, text);
    }

    @Override
    public OptionalInt room(Question question) {
        int answer =
                question.form() instanceof AnswerForm.OneOf(var labels)
                        ? labels.stream().mapToInt(l -> continuation(l).length).max().orElse(0)
                        : GeneratedAnswer.most(question.form());
        return OptionalInt.of(
                model.contextLength() - model.prompt(question.messages()).length - answer);
    }

    @Override
    public OptionalInt promptTokens(Question question) {
        return OptionalInt.of(model.prompt(question.messages()).length);
    }

    /// The label's tokens and the one that ends the turn.
    private int[] continuation(String label) {
        var ids = model.tokenizer().encode(label, false);
        var ends = model.ends().stream().limit(1).mapToInt(Integer::intValue);
        return IntStream.concat(IntStream.of(ids), ends).toArray();
    }

    private static Answer chosen(
            List<String> labels, List<int[]> choices, int prompt, Completion done) {
        var likelihoods = done.logLikelihoods();
        var scores = new HashMap<String, Double>();
        int best = 0;
        for (int i = 0; i < labels.size(); i++) {
            scores.put(labels.get(i), likelihoods[i]);
            best = likelihoods[i] > likelihoods[best] ? i : best;
        }
        var usage = new Answer.Usage(prompt, done.cachedTokens(), choices.get(best).length);
        return new Answer(
                labels.get(best), Answer.Finish.STOP, usage, List.of(), scores, done.seconds());
    }

    @Override
    public void close() {
        onClose.run();
    }
}
