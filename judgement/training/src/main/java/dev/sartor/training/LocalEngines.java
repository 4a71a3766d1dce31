package dev.sartor.training;

import dev.sartor.compare.approach.Engines;
import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.approach.TuningRequest;
import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.Reranker;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Validation;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.core.text.Size;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.AdapterResponders;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.QueryLikelihoodReranker;
import dev.sartor.generate.encoder.ClassifierModel;
import dev.sartor.generate.encoder.CrossEncoder;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.generate.seq2seq.TextToTextModel;
import dev.sartor.hub.Hub;
import dev.sartor.hub.ModelFolder;
import dev.sartor.model.Precision;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.WeightCache;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.kernel.MachineSpeed;
import dev.sartor.tune.check.ProbeCheck;
import dev.sartor.tune.memory.TuningPlan;
import dev.sartor.tune.rank.Ranks;
import dev.sartor.tune.trainer.SettingsSearch;
import dev.sartor.tune.trainer.Trainer;
import dev.sartor.tune.trainer.TrialState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The models of this process: fetched through the hub when they are first asked for, and loaded once. What is trained is
/// opened for it alone, in bf16, however the model that answers is held. Not thread-safe; what it hands out is.
public final class LocalEngines implements Engines, AutoCloseable {
    /// What an adapter of an encoder says of its classes, as config.json says it.
    static final String CLASSES = "config.json";

    private final Hub hub;
    private final Progress progress;
    private final Precision weights;
    private final WeightCache cache;
    private final Map<String, ModelFolder> folders = new HashMap<>();
    private final Map<Held, LanguageModel> models = new HashMap<>();
    private final Map<String, TextToTextModel> textToText = new HashMap<>();
    private final Map<String, ClassifierModel> classifiers = new HashMap<>();
    private final Map<String, Networks.Kind> kinds = new HashMap<>();
    private Optional<Double> gflops = Optional.empty();
    private Ranks ranks = Ranks.none();

    /// @param weights how those of the models that answer are held
    /// @param cache keeps rounded weights for later starts
    public LocalEngines(Hub hub, Progress progress, Precision weights, WeightCache cache) {
        this.hub = hub;
        this.progress = progress;
        this.weights = weights;
        this.cache = cache;
    }

    private record Held(String model, Precision weights) {}

    @Override
    public Responder base(String model) {
        return switch (kind(model)) {
            case DECODER -> model(model).responder();
            case ENCODER_DECODER -> textToText(model).responder();
            case ENCODER -> classifier(model).responder();
        };
    }

    @Override
    public Responder tuned(String model, Path tuned) {
        if (!PeftFolder.isOne(tuned)) {
            return base(tuned.toString());
        }
        return switch (kind(model)) {
            case DECODER -> model(model).responder(tuned);
            case ENCODER_DECODER -> textToText(model).responder(tuned);
            case ENCODER -> withHead(model, tuned).responder(tuned);
        };
    }

    /// The model with adapters from disk, all in the same batches as the model as it is.
    ///
    /// @param slots adapters that can be on at the same time
    /// @param rank the highest of any of them
    public AdapterResponders withAdapters(String model, int slots, int rank) {
        if (kind(model) != Networks.Kind.DECODER) {
            throw SartorException.user(
                    model
                            + " does not go on with a text: adapters are served on models that go on"
                            + " with a text (decoders) alone. Leave out --adapter and --adapters.");
        }
        return model(model).withAdapters(slots, rank);
    }

    @Override
    public Embedder embedder(String name) {
        return LocalEmbedder.open(name, folder(name).folder(), DType.BF16);
    }

    /// A model that writes text stays open with this; a cross-encoder is the caller's to close.
    @Override
    public Reranker reranker(String name) {
        return switch (kind(name)) {
            case DECODER -> QueryLikelihoodReranker.of(model(name));
            case ENCODER -> CrossEncoder.open(name, opened(name), DType.BF16);
            case ENCODER_DECODER ->
                    throw SartorException.user(
                            name
                                    + " reads a text and says another, which is no way to rerank passages: name a"
                                    + " cross-encoder (an encoder with one output), or a model that goes on with"
                                    + " a text (decoder).");
        };
    }

    @Override
    public TunedAdapter tune(
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation cancellation) {
        var standing =
                new LocalTuning(Optional.empty(), this, request, validation, progress, cancellation)
                        .run();
        return switch (standing) {
            case TrialState.Finished finished -> TunedAdapter.of(finished.report());
            case TrialState.Paused _, TrialState.Failed _, TrialState.Followed _ ->
                    throw SartorException.defect("a training without a share stopped at one");
        };
    }

    @Override
    public SettingsSearch.Measured tuneTo(
            double share,
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation cancellation) {
        return new LocalTuning(
                        Optional.of(share), this, request, validation, progress, cancellation)
                .run()
                .measured();
    }

    @Override
    public TunedAdapter train(
            TrainingRequest request, Progress progress, Cancellation cancellation) {
        return new LocalTraining(this, request, progress, cancellation).run().orElseThrow();
    }

    /// Divides the trainings from now on among processes, of which this is one.
    public void divide(Ranks among) {
        ranks = among;
    }

    Ranks ranks() {
        return ranks;
    }

    /// Takes part in a training as another rank than the first, until that one is done. Nothing is written.
    public void follow(TuningRequest request, Progress progress, Cancellation cancellation) {
        new LocalTuning(
                        Optional.empty(),
                        this,
                        request,
                        LocalTuning.counted(0),
                        progress,
                        cancellation)
                .run();
    }

    /// Likewise.
    public void follow(TrainingRequest request, Progress progress, Cancellation cancellation) {
        new LocalTraining(this, request, progress, cancellation).run();
    }

    @Override
    public Plan plan(TuningRequest request, int validationRows) {
        if (kind(request.model()) != Networks.Kind.DECODER) {
            throw SartorException.user(
                    "--explain tells of models that go on with a text (decoders) alone, and "
                            + request.model()
                            + " does not: leave it out.");
        }
        var held = request.settings().heldFor(Networks.Kind.DECODER);
        if (held == Precision.BF16) {
            return plan(request, model(request.model(), held), validationRows);
        }
        try (var own = ownModel(request.model(), held)) {
            return plan(request, own, validationRows);
        }
    }

    private Plan plan(TuningRequest request, LanguageModel model, int validationRows) {
        var settings = request.settings().recipe(Networks.Kind.DECODER, request.seed());
        var care = request.care();
        var set = LocalTuning.texts(model, request).upTo(settings.maxTokens(), care.tooLong());
        var measured =
                new TuningPlan.Measured(
                        validationRows, ProbeCheck.probe(care.watch(), care.probe()));
        var plan = TuningPlan.of(model, set, settings, care.watch(), measured, gflops());
        var memory =
                Trainer.texts(model.decoder(), request.model(), settings)
                        .across(ranks)
                        .memory(set, LocalTuning.checks(model, request, validationRows));
        return new Plan(plan.among(ranks.count()), settings, gflops(), memory, Divided.of(ranks));
    }

    /// What a model is opened from: a GGUF file or a folder.
    Path opened(String name) {
        return folder(name).opened();
    }

    /// The model for a caller who trains it, or an adapter on it, and closes it.
    LanguageModel ownModel(String name, Precision held) {
        return LanguageModel.trainable(name, opened(name), held, clock());
    }

    /// Likewise.
    TextToTextModel ownTextToText(String name, DType held) {
        return TextToTextModel.open(name, opened(name), held, clock());
    }

    private static Clock clock() {
        return Clock.system(ZoneId.systemDefault());
    }

    @Override
    public String licence(String model) {
        return folder(model).licence().id();
    }

    @Override
    public Readers readers(String model) {
        return ReadersFile.ofModel(opened(model));
    }

    @Override
    public String digest(String model) {
        return folder(model).digest();
    }

    @Override
    public long parameters(String model) {
        return switch (kind(model)) {
            case DECODER -> model(model).decoder().parameters();
            case ENCODER_DECODER -> textToText(model).network().parameters();
            case ENCODER ->
                    Optional.ofNullable(classifiers.get(model))
                            .map(open -> open.network().parameters())
                            .orElseGet(() -> counted(model));
        };
    }

    private long counted(String model) {
        try (var network = Networks.encoder(opened(model), DType.BF16)) {
            return network.parameters();
        }
    }

    @Override
    public int threads() {
        return Engine.threads();
    }

    @Override
    public double gflops() {
        var measured = gflops.orElseGet(MachineSpeed::bf16Gflops);
        gflops = Optional.of(measured);
        return measured;
    }

    public Networks.Kind kind(String name) {
        return kinds.computeIfAbsent(name, n -> Networks.kind(opened(n)));
    }

    private ClassifierModel classifier(String name) {
        refuseRounding(name, "which tells classes");
        return classifiers.computeIfAbsent(
                name, n -> ClassifierModel.open(n, opened(n), weights.computes()));
    }

    /// The model under a head for the classes of an adapter, which holds the head itself.
    private ClassifierModel withHead(String name, Path adapter) {
        refuseRounding(name, "which tells classes");
        return classifiers.computeIfAbsent(
                name + " " + adapter,
                _ ->
                        ClassifierModel.withHead(
                                name, opened(name), weights.computes(), classes(adapter), 0));
    }

    private static List<String> classes(Path adapter) {
        var file = adapter.resolve(CLASSES);
        if (!Files.isRegularFile(file)) {
            throw SartorException.user(
                    file
                            + " must name the adapter's classes (id2label): name a folder that `sartor tune` wrote");
        }
        var names = new ArrayList<String>();
        var numbered = Json.read(file).path("id2label");
        while (numbered.has(String.valueOf(names.size()))) {
            names.add(numbered.path(String.valueOf(names.size())).asString());
        }
        return names;
    }

    private void refuseRounding(String name, String what) {
        if (weights.isQuantised()) {
            throw SartorException.user(
                    "weights must be bf16 or f32 for "
                            + name
                            + ", "
                            + what
                            + ", got "
                            + weights.word()
                            + ": models that go on with a text (decoders) alone can be rounded further.");
        }
    }

    TextToTextModel textToText(String name) {
        refuseRounding(name, "which reads a text and says another");
        return textToText.computeIfAbsent(
                name, n -> TextToTextModel.open(n, opened(n), weights.computes(), clock()));
    }

    private LanguageModel model(String name) {
        return model(name, weights);
    }

    /// A model that goes on with a text, in bf16 as adapters are trained on it, for whoever measures it. It stays open with this.
    ///
    /// @throws SartorException a user's error where it is of another kind
    public LanguageModel languageModel(String name) {
        if (kind(name) != Networks.Kind.DECODER) {
            throw SartorException.user(
                    name
                            + " does not go on with a text: what an adapter gives away is measured on models that go on with"
                            + " a text (decoders) alone.");
        }
        return model(name, Precision.BF16);
    }

    LanguageModel model(String name, Precision precision) {
        return models.computeIfAbsent(
                new Held(name, precision),
                held -> {
                    var opened = LanguageModel.open(name, opened(name), precision, clock(), cache);
                    if (precision.isQuantised()) {
                        progress.say(rounded(name, precision, opened.decoder().weightBytes()));
                    }
                    return opened;
                });
    }

    private static String rounded(String name, Precision precision, long bytes) {
        return String.format(
                Locale.ROOT,
                "%s is held in %s (%s), so that its answers differ a little from those in bf16: `sartor bench weights --model %s --weights %s --text FILE` measures how much on your text.",
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
        classifiers.values().forEach(ClassifierModel::close);
        classifiers.clear();
    }
}
