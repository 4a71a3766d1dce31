package dev.sartor.promptsearch;

import dev.sartor.compare.approach.Engines;
import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.approach.TuningRequest;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Embedder;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Reranker;
import dev.sartor.core.Responder;
import dev.sartor.core.Role;
import dev.sartor.core.Validation;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.tune.trainer.SettingsSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Engines of one model: it says `metal` of metals and `fruit` of fruit unless its instruction says what labels mean. A token is a word.
final class ScriptedEngines implements Engines {
    private static final int CONTEXT = 400;
    private static final int LABEL = 2;

    final List<Question> asked = new ArrayList<>();
    final Cancellation cancellation = new Cancellation();

    /// After so many questions a stop is asked for.
    int stopAfter = Integer.MAX_VALUE;

    @Override
    public Responder base(String model) {
        return new Words();
    }

    private final class Words implements Responder {
        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(this::answer).toList();
        }

        private Answer answer(Question question) {
            asked.add(question);
            if (asked.size() >= stopAfter) {
                cancellation.ask();
            }
            var usage = new Answer.Usage(words(question.messages()), 0, 1);
            return new Answer(
                    said(question), Answer.Finish.STOP, usage, List.of(), Map.of(), 0.001);
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            return answer(question);
        }

        @Override
        public OptionalInt room(Question question) {
            int answer = question.form() instanceof AnswerForm.FreeText(int most) ? most : LABEL;
            return OptionalInt.of(CONTEXT - words(question.messages()) - answer);
        }

        @Override
        public void close() {}
    }

    private static int words(List<Message> messages) {
        return messages.stream().mapToInt(each -> each.content().split("\\s+", -1).length).sum();
    }

    private static String said(Question question) {
        boolean isFruit = question.text().matches("(?s).*(apple|pear|plum).*");
        boolean isTold =
                question.messages().stream()
                        .filter(each -> each.role() == Role.SYSTEM)
                        .anyMatch(each -> each.content().contains("metal means"));
        return isFruit == isTold ? "metal" : "fruit";
    }

    @Override
    public Readers readers(String model) {
        return Readers.everyone();
    }

    @Override
    public String digest(String model) {
        return "digest of " + model;
    }

    @Override
    public String licence(String model) {
        return "own";
    }

    @Override
    public long parameters(String model) {
        return 1;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public double gflops() {
        return 0;
    }

    @Override
    public Responder tuned(String model, Path folder) {
        throw new AssertionError("nothing is tuned");
    }

    @Override
    public Embedder embedder(String name) {
        throw new AssertionError("nothing is embedded");
    }

    @Override
    public Reranker reranker(String name) {
        throw new AssertionError("nothing is reranked");
    }

    @Override
    public TunedAdapter tune(
            TuningRequest request, Validation validation, Progress progress, Cancellation stop) {
        throw new AssertionError("nothing is tuned");
    }

    @Override
    public SettingsSearch.Measured tuneTo(
            double share,
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation stop) {
        throw new AssertionError("nothing is tuned");
    }

    @Override
    public TunedAdapter train(TrainingRequest request, Progress progress, Cancellation stop) {
        throw new AssertionError("nothing is trained");
    }

    @Override
    public Plan plan(TuningRequest request, int validationRows) {
        throw new AssertionError("nothing is planned");
    }
}
