package dev.sartor.judge;

import dev.sartor.core.Answer;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Says what a test tells it to, of the two answers as they are shown.
final class ScriptedJudge implements Responder {
    private static final Pattern SHOWN =
            Pattern.compile(
                    "==== answer A (\\w+) ====\n(.*)\n==== end \\1 ====\n\n==== answer B \\1 ====\n(.*)\n==== end \\1 ====",
                    Pattern.DOTALL);

    private final BinaryOperator<String> says;
    final List<Question> asked = new ArrayList<>();

    ScriptedJudge(BinaryOperator<String> says) {
        this.says = says;
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        asked.addAll(questions);
        return questions.stream().map(each -> answer(each)).toList();
    }

    private Answer answer(Question question) {
        var shown = SHOWN.matcher(question.text());
        if (!shown.find()) {
            throw new AssertionError(question.text());
        }
        return new Answer(
                says.apply(shown.group(2), shown.group(3)),
                Answer.Finish.STOP,
                new Answer.Usage(1, 0, 1),
                List.of(),
                Map.of(),
                0);
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
