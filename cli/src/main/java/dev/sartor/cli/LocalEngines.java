package dev.sartor.cli;

import dev.sartor.compare.CurvePoint;
import dev.sartor.compare.Engines;
import dev.sartor.compare.TunedAdapter;
import dev.sartor.compare.TuningRequest;
import dev.sartor.core.Cancellation;
import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Progress;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Sha256;
import dev.sartor.core.Validation;
import dev.sartor.generate.AdapterResponders;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.LocalEmbedder;
import dev.sartor.generate.TextToTextModel;
import dev.sartor.hub.Hub;
import dev.sartor.hub.ModelFolder;
import dev.sartor.model.Networks;
import dev.sartor.model.Precision;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.MachineSpeed;
import dev.sartor.tune.Trainer;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The models of this process: fetched through the hub when they are first asked for, and loaded once. Adapters are trained
/// on weights in bf16, however the model that answers is held. Not thread-safe; what it hands out is.
final class LocalEngines implements Engines, AutoCloseable {
    private final Hub hub;
    private final Progress progress;
    private final Precision weights;
    private final Map<String, ModelFolder> folders = new HashMap<>();
    private final Map<Held, LanguageModel> models = new HashMap<>();
    private final Map<String, TextToTextModel> textToText = new HashMap<>();
    private Optional<Double> gflops = Optional.empty();

    /// @param weights how those of the models that answer are held
    LocalEngines(Hub hub, Progress progress, Precision weights) {
        this.hub = hub;
        this.progress = progress;
        this.weights = weights;
    }

    private record Held(String model, Precision weights) {}

    @Override
    public Responder base(String model) {
        return isTextToText(model) ? textToText(model).responder() : model(model).responder();
    }

    @Override
    public Responder withAdapter(String model, Path adapterFolder) {
        return isTextToText(model)
                ? textToText(model).responder(adapterFolder)
                : model(model).responder(adapterFolder);
    }

    /// The model with adapters from disk, all in the same batches as the model as it is.
    ///
    /// @param slots adapters that can be on at the same time
    /// @param rank the highest of any of them
    AdapterResponders withAdapters(String model, int slots, int rank) {
        if (isTextToText(model)) {
            throw SartorException.user(
                    model
                            + " reads a text and says another: adapters are served on models that go on"
                            + " with a text (decoders) alone. Leave out --adapter and --adapters.");
        }
        return model(model).withAdapters(slots, rank);
    }

    @Override
    public Embedder embedder(String name) {
        return LocalEmbedder.open(name, folder(name).folder(), DType.BF16);
    }

    @Override
    public TunedAdapter tune(
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation cancellation) {
        var model = model(request.model(), Precision.BF16);
        var settings = request.settings();
        var rows = request.examples().stream().map(example -> row(model, example)).toList();
        var set = TrainingSet.of(rows, settings.maxTokens());
        var around =
                Trainer.Surroundings.of(
                        request.folder(),
                        Optional.of(adapter ->
                                validation.score(model.responder(adapter.orElseThrow()))),
                        progress,
                        cancellation);
        return tuned(Trainer.texts(model.decoder(), request.model(), settings).train(set, around));
    }

    private static TrainingRow row(LanguageModel model, Example example) {
        var messages = new ArrayList<>(example.input());
        messages.add(Message.assistant(example.reference()));
        var conversation = model.conversation(messages);
        return TrainingRow.answer(conversation.ids(), conversation.answerStart());
    }

    private static TunedAdapter tuned(TrainingReport report) {
        var validation = new TreeMap<Integer, Double>();
        report.checks()
                .forEach(check ->
                        check.validation()
                                .ifPresent(score ->
                                        validation.put(
                                                (int) Math.rint(check.epoch()), score.value())));
        double perEpoch = report.checks().getLast().step() / report.checks().getLast().epoch();
        var curve =
                report.steps().stream()
                        .map(s ->
                                new CurvePoint(
                                        s.step(),
                                        s.step() / perEpoch,
                                        s.loss(),
                                        measured(s.step() / perEpoch, validation)))
                        .toList();
        var said =
                report.dropped() == 0
                        ? List.<String>of()
                        : List.of(
                                report.dropped()
                                        + " training examples were longer than max_tokens and left out.");
        return new TunedAdapter(
                report.parameters(),
                report.seconds(),
                validation,
                (int) Math.rint(report.bestStep() / perEpoch),
                curve,
                said);
    }

    /// The validation score, at the step that ends an epoch.
    private static Optional<Double> measured(double epoch, Map<Integer, Double> validation) {
        return epoch == Math.rint(epoch)
                ? Optional.ofNullable(validation.get((int) epoch))
                : Optional.empty();
    }

    @Override
    public String licence(String model) {
        return folder(model).licence().id();
    }

    @Override
    public String digest(String model) {
        var files = folder(model);
        try {
            var names = new StringBuilder();
            for (var file : files.files()) {
                // The cache's copies are named by their content.
                names.append(files.folder().relativize(file))
                        .append(' ')
                        .append(files.frozen() ? file.toRealPath().getFileName() : Sha256.of(file))
                        .append('\n');
            }
            return Sha256.of(names.toString());
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read the files of " + model + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long parameters(String model) {
        return isTextToText(model)
                ? textToText(model).network().parameters()
                : model(model).decoder().parameters();
    }

    @Override
    public double gflops() {
        var measured = gflops.orElseGet(MachineSpeed::bf16Gflops);
        gflops = Optional.of(measured);
        return measured;
    }

    private boolean isTextToText(String name) {
        return textToText.containsKey(name)
                || Networks.kind(folder(name).opened()) == Networks.Kind.ENCODER_DECODER;
    }

    private TextToTextModel textToText(String name) {
        if (weights.isQuantised()) {
            throw SartorException.user(
                    "weights must be bf16 or f32 for "
                            + name
                            + ", which reads a text and says another, got "
                            + weights.word()
                            + ": models that go on with a text (decoders) alone can be rounded further.");
        }
        return textToText.computeIfAbsent(
                name,
                n ->
                        TextToTextModel.open(
                                n,
                                folder(n).opened(),
                                weights.computes(),
                                Clock.system(ZoneId.systemDefault())));
    }

    private LanguageModel model(String name) {
        return model(name, weights);
    }

    private LanguageModel model(String name, Precision precision) {
        return models.computeIfAbsent(
                new Held(name, precision),
                held -> {
                    var opened =
                            LanguageModel.open(
                                    name,
                                    folder(name).opened(),
                                    precision,
                                    Clock.system(ZoneId.systemDefault()));
                    if (precision.isQuantised()) {
                        progress.say(rounded(name, precision, opened.decoder().weightBytes()));
                    }
                    return opened;
                });
    }

    private static String rounded(String name, Precision precision, long bytes) {
        return "%s is held in %s (%s), so that its answers differ a little from those in bf16: `sartor bench weights --model %s --weights %s --text FILE` measures how much on your text."
                .formatted(
                        name,
                        precision.word(),
                        Size.mib(bytes),
                        CommandLineText.quoted(name),
                        precision.word());
    }

    private ModelFolder folder(String name) {
        return folders.computeIfAbsent(name, n -> hub.pull(n, progress));
    }

    @Override
    public void close() {
        models.values().forEach(LanguageModel::close);
        models.clear();
        textToText.values().forEach(TextToTextModel::close);
        textToText.clear();
    }
}
