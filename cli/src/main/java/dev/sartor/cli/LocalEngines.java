package dev.sartor.cli;

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
import dev.sartor.tune.ModelCheck;
import dev.sartor.tune.ProbeCheck;
import dev.sartor.tune.Trainer;
import dev.sartor.tune.TrainingEvents;
import dev.sartor.tune.TrainingLog;
import dev.sartor.tune.TrainingTexts;
import dev.sartor.tune.TuningPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        var care = request.care();
        var texts = texts(model, request);
        var set = texts.upTo(settings.maxTokens(), care.tooLong());
        texts.shown().forEach(progress::say);
        var around =
                new Trainer.Surroundings(
                        request.folder(),
                        Optional.of(new ModelCheck(model, validation, care.samples())),
                        ProbeCheck.of(model, care.watch(), care.probe()),
                        care.watch(),
                        List.of(
                                new TrainingLog(request.folder()),
                                new TrainingEvents(request.folder(), Clock.systemUTC())),
                        progress,
                        cancellation);
        return TunedAdapter.of(
                Trainer.texts(model.decoder(), request.model(), settings).train(set, around));
    }

    @Override
    public Plan plan(TuningRequest request, int validationRows) {
        var model = model(request.model(), Precision.BF16);
        var settings = request.settings();
        var set = texts(model, request).upTo(settings.maxTokens(), request.care().tooLong());
        var measured =
                new TuningPlan.Measured(
                        validationRows,
                        ProbeCheck.probe(request.care().watch(), request.care().probe()));
        var plan = TuningPlan.of(model, set, settings, request.care().watch(), measured, gflops());
        return new Plan(plan, gflops(), TuningMemory.mib(folder(request.model()), plan, settings));
    }

    private static TrainingTexts texts(LanguageModel model, TuningRequest request) {
        return TrainingTexts.of(
                model, request.examples().stream().map(LocalEngines::conversation).toList());
    }

    private static List<Message> conversation(Example example) {
        var messages = new ArrayList<>(example.input());
        messages.add(Message.assistant(example.reference()));
        return messages;
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
