package dev.sartor.promptsearch.answer;

import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Answer;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Task;
import dev.sartor.core.work.Progress;
import dev.sartor.project.setting.Remote;
import dev.sartor.prompt.PromptedResponder;
import dev.sartor.promptsearch.budget.Cost;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A responder with each prompt around it, as a comparison asks it. The responder is the caller's: it is not closed here.
public final class ResponderModel implements PromptedModel {
    private final Task task;
    private final SearchSpace space;
    private final Responder model;
    private final Meter meter;

    /// The most that the prompt, an example and its answer take.
    private final Map<SearchedPrompt, Map<Example, Long>> tokens = new HashMap<>();

    /// @param model without any prompt around it
    /// @param remote whose prices count; empty for a model of this machine
    public ResponderModel(
            Task task, SearchSpace space, Responder model, Optional<Remote> remote, Clock clock) {
        this.task = task;
        this.space = space;
        this.model = model;
        this.meter = new Meter(model, remote, clock);
    }

    @Override
    public Cost worst(SearchedPrompt prompt, List<Example> examples) {
        var known = tokens.computeIfAbsent(prompt, _ -> new HashMap<>());
        long sum = 0;
        for (var example : examples) {
            sum +=
                    Optional.ofNullable(known.get(example))
                            .orElseGet(() -> counted(prompt, example));
        }
        return meter.worst(sum, examples.size());
    }

    private long counted(SearchedPrompt prompt, Example example) {
        var question = asked(prompt, List.of(example)).getFirst();
        long most = meter.most(question);
        if (meter.isSettled(question)) {
            tokens.computeIfAbsent(prompt, _ -> new HashMap<>()).put(example, most);
        }
        return most;
    }

    @Override
    public List<Reply> answer(SearchedPrompt prompt, List<Example> examples) {
        var content = space.content(prompt);
        // Closing it would close the model.
        var prompted =
                new PromptedResponder(
                        content.on(task), content.template(), content.selection(), model);
        return meter
                .measured(
                        asked(prompt, examples),
                        () -> prompted.answer(questions(examples), Progress.silent()))
                .stream()
                .map(this::reply)
                .toList();
    }

    @Override
    public void recall(SearchedPrompt prompt, Example example, Reply reply) {
        meter.recall(asked(prompt, List.of(example)).getFirst(), reply.promptTokens());
    }

    @Override
    public void recall(long worstTokens, int questions, double seconds) {
        meter.recall(worstTokens, questions, seconds);
    }

    private Reply reply(Answer answer) {
        return meter.reply(answer, StoredAnswer.judged(answer));
    }

    private List<Question> questions(List<Example> examples) {
        return examples.stream().map(each -> Question.of(each, task.form())).toList();
    }

    private List<Question> asked(SearchedPrompt prompt, List<Example> examples) {
        var content = space.content(prompt);
        var with = content.on(task);
        var template = content.template();
        var questions = questions(examples);
        var shown = content.selection().select(questions);
        var asked = new ArrayList<Question>();
        for (int i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            asked.add(
                    question.withMessages(
                            template.messages(with, question, shown.get(i), List.of()),
                            Readers.ofAll(shown.get(i).stream().map(Example::readers))));
        }
        return asked;
    }
}
