package dev.sartor.compare.approach;

import dev.sartor.compare.WordEmbedder;
import dev.sartor.compare.run.CurvePoint;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Reranker;
import dev.sartor.core.Responder;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import dev.sartor.core.Validation;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.model.PassSize;
import dev.sartor.model.memory.MemoryNeed;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.memory.MemoryPlan;
import dev.sartor.tune.memory.TuningPlan;
import dev.sartor.tune.trainer.SettingsSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Engines whose model says what the most alike text that it knows is answered with: it knows the solved examples and the
/// passages of its prompt, and with an adapter on, what it was trained on. Without any of them it knows one answer. One
/// with `weak` in its name learns one answer alone, and one with `small` has half the parameters.
public final class NeighbourEngines implements Engines {
    /// A model that keeps two of the examples that it is trained on.
    public static final String FORGETFUL = "forgetful";

    /// Every question that any responder was asked, by its id.
    public final List<Question> asked = new ArrayList<>();

    public int trainings;

    /// Of models that say who may read what they were made from.
    public final Map<String, Readers> readers = new HashMap<>();

    public int threads = 2;

    public Optional<TrainingRequest> lastTraining = Optional.empty();

    /// The last training that was asked for.
    public Optional<TuningRequest> request = Optional.empty();

    /// How many words the model's context holds; empty where nobody can tell.
    OptionalInt window = OptionalInt.empty();

    /// After so many answers a stop is asked for.
    public long stopAfter = Long.MAX_VALUE;

    public final Cancellation cancellation = new Cancellation();

    record Known(String text, String answer) {}

    record Trained(List<Known> known) {}

    /// Models that a test brings.
    public final Map<String, Responder> own = new HashMap<>();

    @Override
    public Responder base(String model) {
        return own.getOrDefault(model, new Neighbour(List.of()));
    }

    @Override
    public Responder tuned(String model, Path folder) {
        var known = RunJson.read(folder.resolve("known.safetensors"), Trained.class).known();
        return new Neighbour(model.equals(FORGETFUL) ? known.subList(0, 2) : known);
    }

    @Override
    public Embedder embedder(String name) {
        return new WordEmbedder();
    }

    @Override
    public Reranker reranker(String name) {
        return new ByWords(name, name.equals("contrary") ? -1 : 1);
    }

    /// Counts the words that passages share with the question.
    ///
    /// @param sign -1 to like those the less that share more
    private record ByWords(String name, int sign) implements Reranker {
        @Override
        public List<Double> scores(String question, List<String> passages) {
            return passages.stream()
                    .map(text -> {
                        var shared = new HashSet<>(WordEmbedder.words(text));
                        shared.retainAll(WordEmbedder.words(question));
                        return (double) sign * shared.size();
                    })
                    .toList();
        }

        @Override
        public void close() {}
    }

    @Override
    public TunedAdapter tune(
            TuningRequest request, Validation validation, Progress progress, Cancellation stop) {
        if (stop.isAsked()) {
            throw SartorException.stopped("stopped");
        }
        trainings++;
        this.request = Optional.of(request);
        var first = request.examples().getFirst().reference();
        var known =
                request.examples().stream()
                        .filter(each ->
                                !request.model().contains("weak") || each.reference().equals(first))
                        .map(NeighbourEngines::known)
                        .toList();
        AtomicFile.write(
                request.folder().resolve("known.safetensors"), RunJson.line(new Trained(known)));
        double score = validation.score(new Neighbour(known)).value();
        return new TunedAdapter(
                100,
                30,
                Map.of(1.0, score),
                1,
                List.of(
                        new CurvePoint(1, 0.5, 2.0, Optional.empty(), Optional.empty()),
                        new CurvePoint(2, 1, 1.0, Optional.of(score), Optional.of(0.8))),
                List.of());
    }

    /// A training's score grows with its share and its learning rate; rates above 0.05 come to nothing.
    @Override
    public SettingsSearch.Measured tuneTo(
            double share,
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation stop) {
        if (stop.isAsked()) {
            throw SartorException.stopped("stopped");
        }
        double rate = request.settings().steps().learningRate().orElse(0.0);
        if (rate > 0.05) {
            return SettingsSearch.Measured.failed("diverged at step 3", 1);
        }
        if (share == 1) {
            tune(request, validation, progress, stop);
        }
        return SettingsSearch.Measured.of(share * (0.5 + 10 * rate), 30 * share);
    }

    @Override
    public TunedAdapter train(TrainingRequest request, Progress progress, Cancellation stop) {
        trainings++;
        lastTraining = Optional.of(request);
        AtomicFile.write(
                request.folder().resolve("trained.safetensors"), RunJson.line(request.material()));
        return new TunedAdapter(
                100,
                30,
                Map.of(),
                1,
                List.of(new CurvePoint(1, 1, 2.0, Optional.empty(), Optional.empty())),
                List.of());
    }

    @Override
    public Plan plan(TuningRequest request, int validationRows) {
        var epoch = new TuningPlan.Epoch(2, 100, 60, 20);
        return new Plan(
                new TuningPlan(
                        request.examples().size(), 0, 0, 9, epoch, 6, 3, 100, 10_000, 5, 30, 6),
                TuneSettings.usual(),
                930,
                new MemoryPlan(
                        new MemoryNeed(1, 0, 0, 0, 0, 0, 0),
                        OptionalLong.empty(),
                        TuneSettings.Passes.usual(),
                        List.of(PassSize.of(1, 9)),
                        OptionalInt.empty()),
                Divided.ALONE);
    }

    private static Known known(Example example) {
        return new Known(example.text(), example.reference());
    }

    @Override
    public String licence(String model) {
        return "apache-2.0";
    }

    @Override
    public Readers readers(String model) {
        return readers.getOrDefault(model, Readers.everyone());
    }

    @Override
    public String digest(String model) {
        return "digest of " + model;
    }

    @Override
    public long parameters(String model) {
        return model.contains("small") ? 5_000 : 10_000;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public double gflops() {
        return 930;
    }

    private final class Neighbour implements Responder {
        private final List<Known> trained;

        Neighbour(List<Known> trained) {
            this.trained = trained;
        }

        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(question -> stream(question, text -> {})).toList();
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            asked.add(question);
            if (asked.size() >= stopAfter) {
                cancellation.ask();
            }
            var known = new ArrayList<>(inPrompt(question.messages()));
            known.addAll(trained);
            var text = mostAlike(question.text(), known).orElse("nothing");
            var held =
                    question.form() instanceof AnswerForm.OneOf(var labels)
                                    && !labels.contains(text)
                            ? labels.getFirst()
                            : text;
            onText.accept(held);
            int tokens =
                    question.messages().stream()
                            .mapToInt(each -> WordEmbedder.words(each.content()).size())
                            .sum();
            return new Answer(
                    held,
                    Answer.Finish.STOP,
                    new Answer.Usage(tokens, 0, 1),
                    List.of(),
                    Map.of(),
                    0.01);
        }

        @Override
        public OptionalInt room(Question question) {
            if (window.isEmpty()) {
                return window;
            }
            int words =
                    question.messages().stream()
                            .mapToInt(each -> each.content().split("\\s+").length)
                            .sum();
            return OptionalInt.of(window.getAsInt() - words);
        }

        private List<Known> inPrompt(List<Message> messages) {
            var known = new ArrayList<Known>();
            for (int i = 1; i < messages.size(); i++) {
                if (messages.get(i).role() == Role.ASSISTANT) {
                    known.add(new Known(messages.get(i - 1).content(), messages.get(i).content()));
                }
            }
            var paragraphs = messages.getLast().content().split("\n\n", -1);
            for (int i = 0; i < paragraphs.length - 1; i++) {
                var text = paragraphs[i].substring(paragraphs[i].indexOf('\n') + 1);
                known.add(new Known(text, text.substring(text.lastIndexOf(' ') + 1)));
            }
            return known;
        }

        private Optional<String> mostAlike(String asked, List<Known> known) {
            var text = asked.substring(asked.lastIndexOf("\n\n") + 1).replace("Question: ", "");
            Optional<String> best = Optional.empty();
            int most = 0;
            for (var each : known) {
                var shared = new HashSet<>(WordEmbedder.words(each.text()));
                shared.retainAll(WordEmbedder.words(text));
                if (shared.size() > most) {
                    most = shared.size();
                    best = Optional.of(each.answer());
                }
            }
            return best;
        }

        @Override
        public void close() {}
    }
}
