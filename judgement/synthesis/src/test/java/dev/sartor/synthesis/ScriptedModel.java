package dev.sartor.synthesis;

import dev.sartor.compare.approach.Engines;
import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// A model that replies as a test says, and engines that have no other.
final class ScriptedModel implements Responder {
    final List<String> asked = new ArrayList<>();
    final Cancellation cancellation = new Cancellation();
    private final Function<Question, String> script;

    /// Of the model.
    Readers readers = Readers.everyone();

    /// After so many questions a stop is asked for.
    int stopAfter = Integer.MAX_VALUE;

    ScriptedModel(Function<Question, String> script) {
        this.script = script;
    }

    Engines engines() {
        return (Engines)
                Proxy.newProxyInstance(
                        ScriptedModel.class.getClassLoader(),
                        new Class<?>[] {Engines.class},
                        (_, method, arguments) ->
                                switch (method.getName()) {
                                    case "base" -> this;
                                    case "embedder" -> new WordEmbedder();
                                    case "readers" -> readers;
                                    case "digest" -> "digest of " + arguments[0];
                                    default -> throw new AssertionError(method.getName());
                                });
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        return questions.stream().map(this::answer).toList();
    }

    private Answer answer(Question question) {
        asked.add(question.text());
        if (asked.size() >= stopAfter) {
            cancellation.ask();
        }
        return new Answer(
                script.apply(question),
                Answer.Finish.STOP,
                new Answer.Usage(100, 0, 10),
                List.of(),
                Map.of(),
                0.001);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        return answer(question);
    }

    @Override
    public void close() {}
}
