package dev.sartor.training;

import dev.sartor.compare.approach.TuningRequest;
import dev.sartor.core.Example;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.Validation;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.encoder.ClassifierModel;
import dev.sartor.generate.seq2seq.TextToTextModel;
import dev.sartor.model.Precision;
import dev.sartor.model.file.FreshClassHead;
import dev.sartor.model.file.NetworkFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.Network;
import dev.sartor.project.setting.LossOn;
import dev.sartor.tune.LabelledRow;
import dev.sartor.tune.PairRow;
import dev.sartor.tune.TooLong;
import dev.sartor.tune.TrainingCheck;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TrainingTexts;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.check.AbilityCheck;
import dev.sartor.tune.check.ModelCheck;
import dev.sartor.tune.check.ProbeCheck;
import dev.sartor.tune.trainer.Trainer;
import dev.sartor.tune.trainer.TrainingEvents;
import dev.sartor.tune.trainer.TrainingLog;
import dev.sartor.tune.trainer.TrialState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import tools.jackson.databind.node.ObjectNode;

/// One training on a task's examples, by whatever kind of model. Where its own weights are trained, the model is opened for
/// that alone: what others answer with does not change.
final class LocalTuning {
    private final Optional<Double> share;
    private final LocalEngines engines;
    private final TuningRequest request;
    private final Path model;
    private final Trainer.Surroundings around;
    private final Validation validation;
    private final TuneSettings settings;
    private final boolean full;
    private final Precision held;

    /// @param share of the steps to stop at; empty for a training that is no search's
    LocalTuning(
            Optional<Double> share,
            LocalEngines engines,
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation cancellation) {
        this.share = share;
        this.engines = engines;
        this.request = request;
        this.model = engines.opened(request.model());
        var kind = Networks.kind(model);
        this.validation = validation;
        this.settings = request.settings().recipe(kind, request.seed());
        this.full = request.settings().isFull(kind);
        this.held = request.settings().heldFor(kind);
        this.around =
                new Trainer.Surroundings(
                        request.folder(),
                        Optional.empty(),
                        Optional.empty(),
                        request.care().watch(),
                        List.of(
                                new TrainingLog(request.folder()),
                                new TrainingEvents(request.folder(), Clock.systemUTC())),
                        progress,
                        cancellation);
    }

    TrialState run() {
        if (full) {
            NetworkFolder.check(model);
        }
        return switch (Networks.kind(model)) {
            case DECODER -> decoder();
            case ENCODER_DECODER -> textToText();
            case ENCODER -> classifier();
        };
    }

    private TrialState decoder() {
        if (!full && held == Precision.BF16) {
            return decoder(engines.model(request.model(), Precision.BF16));
        }
        try (var own = engines.ownModel(request.model(), held)) {
            return decoder(own);
        }
    }

    private TrialState decoder(LanguageModel open) {
        var care = request.care();
        var texts = texts(open, request);
        var set = texts.upTo(settings.maxTokens(), care.tooLong());
        texts.shown().forEach(around.progress()::say);
        var standing =
                trained(
                        Trainer.texts(open.decoder(), request.model(), settings),
                        set,
                        checking(
                                new ModelCheck(open, validation, care.samples()),
                                ProbeCheck.of(open, care.watch(), care.probe())));
        return completed(standing, open.decoder(), Json.mapper().createObjectNode());
    }

    /// So many examples that are not measured.
    static Validation counted(int examples) {
        return new Validation() {
            @Override
            public Score score(Responder responder) {
                throw SartorException.defect(
                        "neither a plan nor another rank than the first measures");
            }

            @Override
            public int examples() {
                return examples;
            }
        };
    }

    /// What a training of a decoder measures on the way, for its memory alone.
    static Trainer.Checks checks(LanguageModel open, TuningRequest request, int validationRows) {
        var care = request.care();
        return new Trainer.Checks(
                Optional.of(new ModelCheck(open, counted(validationRows), care.samples())),
                ProbeCheck.of(open, care.watch(), care.probe()));
    }

    /// The examples as the model is to learn them.
    static TrainingTexts texts(LanguageModel open, TuningRequest request) {
        return TrainingTexts.of(
                open,
                request.examples().stream().map(LocalTuning::conversation).toList(),
                request.settings().rows().lossOn() == LossOn.ALL_TURNS);
    }

    private static List<Message> conversation(Example example) {
        var messages = new ArrayList<>(example.input());
        messages.add(Message.assistant(example.reference()));
        return messages;
    }

    private TrialState textToText() {
        if (!full && held == Precision.BF16) {
            return textToText(engines.textToText(request.model()));
        }
        try (var own = engines.ownTextToText(request.model(), held.computes())) {
            return textToText(own);
        }
    }

    private TrialState textToText(TextToTextModel open) {
        var rows =
                request.examples().stream()
                        .map(example ->
                                new PairRow(
                                        open.source(example.input()),
                                        open.continuation(example.reference())))
                        .toList();
        int most = Math.min(settings.maxTokens(), open.network().contextLength());
        var standing =
                trained(
                        Trainer.pairs(open.network(), request.model(), settings),
                        bounded(
                                rows,
                                row -> Math.max(row.source().length, row.target().length),
                                most),
                        checking(open::responder, open::responder));
        return completed(standing, open.network(), Json.mapper().createObjectNode());
    }

    private TrialState classifier() {
        if (request.labels().isEmpty()) {
            throw SartorException.user(
                    request.model()
                            + " is an encoder, which tells classes and writes no text: give the task 'labels', or"
                            + " choose another model.");
        }
        NetworkFolder.check(model);
        var head = new FreshClassHead(Networks.family(model), request.labels());
        try (var open =
                ClassifierModel.withHead(
                        request.model(),
                        model,
                        held.computes(),
                        request.labels(),
                        settings.seed())) {
            var rows =
                    request.examples().stream()
                            .map(example ->
                                    new LabelledRow(
                                            open.source(example.input()),
                                            request.labels().indexOf(example.reference())))
                            .toList();
            int most = Math.min(settings.maxTokens(), open.network().contextLength());
            var standing =
                    trained(
                            Trainer.classes(open.network(), request.model(), withHead(head)),
                            bounded(rows, row -> row.ids().length, most),
                            checking(open::responder, open::responder));
            if (!full && !(standing instanceof TrialState.Followed)) {
                var classes = request.folder().resolve(LocalEngines.CLASSES);
                AtomicFile.write(classes, Json.pretty(head.settings()));
            }
            return completed(standing, open.network(), head.settings());
        }
    }

    /// An adapter holds the head whole.
    private TuneSettings withHead(FreshClassHead head) {
        return switch (settings.method()) {
            case TuneMethod.Full _ -> settings;
            case TuneMethod.Lora lora -> {
                var whole = new ArrayList<>(head.wholeModules());
                lora.where().whole().stream()
                        .filter(name -> !whole.contains(name))
                        .forEach(whole::add);
                yield settings.with(
                        lora.at(
                                new TuneMethod.Where(
                                        lora.where().modules(), lora.where().layers(), whole)));
            }
        };
    }

    /// Measured with the adapter on, or, where the network itself is trained, as it is.
    private Trainer.Surroundings checking(
            Supplier<Responder> itself, Function<LoraAdapter, Responder> adapted) {
        return checking(
                adapter -> {
                    try (var responder = adapter.map(adapted).orElseGet(itself)) {
                        return validation.score(responder);
                    }
                },
                Optional.empty());
    }

    private Trainer.Surroundings checking(TrainingCheck check, Optional<AbilityCheck> ability) {
        return new Trainer.Surroundings(
                around.folder(),
                Optional.of(check),
                ability,
                around.watch(),
                around.watchers(),
                around.progress(),
                around.cancellation());
    }

    /// Rows that cannot be cut: longer ones are left out where the user chose so.
    private <R> TrainingSet<R> bounded(List<R> rows, ToIntFunction<R> tokens, int most) {
        long longer = rows.stream().filter(row -> tokens.applyAsInt(row) > most).count();
        if (longer > 0 && !request.care().tooLong().equals(Optional.of(TooLong.DROP))) {
            throw SartorException.user(
                    "tune.too_long must be drop for "
                            + request.model()
                            + ", whose examples cannot be split, got "
                            + request.care().tooLong().map(each -> "split").orElse("nothing")
                            + ": "
                            + longer
                            + " of "
                            + rows.size()
                            + " training examples are longer than "
                            + most
                            + " tokens. drop leaves them out; or raise tune.max_tokens as far as the model reads.");
        }
        return TrainingSet.of(rows, tokens, most);
    }

    private <R> TrialState trained(
            Trainer<R> trainer, TrainingSet<R> set, Trainer.Surroundings surroundings) {
        var divided = trainer.across(engines.ranks());
        if (engines.ranks().isFollowing()) {
            divided.follow(set, surroundings.progress());
            return new TrialState.Followed();
        }
        return share.isPresent()
                ? divided.trainTo(share.get(), set, surroundings)
                : new TrialState.Finished(divided.train(set, surroundings));
    }

    /// A model that was trained whole is a folder that can be opened.
    private TrialState completed(TrialState standing, Network network, ObjectNode changes) {
        if (full && standing instanceof TrialState.Finished) {
            NetworkFolder.complete(model, request.folder(), network, changes);
        }
        return standing;
    }
}
