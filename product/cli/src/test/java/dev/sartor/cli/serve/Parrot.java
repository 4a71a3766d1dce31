package dev.sartor.cli.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.serve.ModelSource;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A model that says all of its prompt, served as `m`, and as `worn` in place of an adapter.
final class Parrot implements Responder, Servable {
    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(question -> stream(question, _ -> {})).toList();
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        var text =
                question.messages().stream()
                        .map(Message::content)
                        .collect(Collectors.joining("\n"));
        onText.accept(text);
        return new Answer(
                text, Answer.Finish.STOP, new Answer.Usage(1, 0, 1), List.of(), Map.of(), 0);
    }

    @Override
    public ServedModels models() {
        var served = new ServedModel(this, Readers.everyone(), new AnswerForm.FreeText(64));
        var changing =
                new ModelSource() {
                    @Override
                    public Optional<ServedModel> find(String name) {
                        return name.equals("worn") ? Optional.of(served) : Optional.empty();
                    }

                    @Override
                    public List<String> names() {
                        return List.of("worn");
                    }
                };
        return new ServedModels(Map.of("m", served), Map.of(), changing);
    }

    @Override
    public void close() {}
}
