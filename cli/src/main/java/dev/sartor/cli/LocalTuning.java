package dev.sartor.cli;

import dev.sartor.compare.LearnedTurns;
import dev.sartor.compare.TunedAdapter;
import dev.sartor.compare.TuningRequest;
import dev.sartor.core.Cancellation;
import dev.sartor.core.Json;
import dev.sartor.core.AtomicFile;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Progress;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.Validation;
import dev.sartor.generate.ClassifierModel;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.TextToTextModel;
import dev.sartor.model.FreshClassHead;
import dev.sartor.model.LoraAdapter;
import dev.sartor.model.Network;
import dev.sartor.model.NetworkFolder;
import dev.sartor.model.Networks;
import dev.sartor.model.Precision;
import dev.sartor.tensor.DType;
import dev.sartor.tune.LabelledRow;
import dev.sartor.tune.PairRow;
import dev.sartor.tune.Trainer;
import dev.sartor.tune.TrainingCheck;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// One training on a task's examples, by whatever kind of model. Where its own weights are trained, the model is opened for
/// that alone: what others answer with does not change.
final class LocalTuning {
    private final LocalEngines engines;
    private final TuningRequest request;
    private final Path model;
    private final Trainer.Surroundings around;
    private final Validation validation;
    private final TuneSettings settings;
    private final boolean full;

    LocalTuning(
            LocalEngines engines,
            TuningRequest request,
            Validation validation,
            Progress progress,
            Cancellation cancellation) {
        this.engines = engines;
        this.request = request;
        this.model = engines.opened(request.model());
        var kind = Networks.kind(model);
        this.validation = validation;
        this.settings = request.settings().recipe(kind, request.seed());
        this.full = request.settings().isFull(kind);
        this.around =
                new Trainer.Surroundings(
                        request.folder(),
                        Optional.empty(),
                        Optional.empty(),
                        request.settings().watch(),
                        List.of(),
                        progress,
                        cancellation);
    }

    TunedAdapter run() {
        if (full) {
            NetworkFolder.check(model);
        }
        return switch (Networks.kind(model)) {
            case DECODER -> decoder();
            case ENCODER_DECODER -> textToText();
            case ENCODER -> classifier();
        };
    }

    private TunedAdapter decoder() {
        if (!full) {
            return decoder(engines.model(request.model(), Precision.BF16));
        }
        try (var own = engines.ownModel(request.model())) {
            return decoder(own);
        }
    }

    private TunedAdapter decoder(LanguageModel open) {
        var rows = request.examples().stream().map(example -> row(open, example)).toList();
        var report =
                Trainer.texts(open.decoder(), request.model(), settings)
                        .train(
                                TrainingSet.of(rows, settings.maxTokens()),
                                checking(open::freshResponder, open::responder));
        return finished(report, open.decoder(), Json.mapper().createObjectNode());
    }

    private TrainingRow row(LanguageModel open, Example example) {
        var conversation = open.conversation(conversation(example));
        var learned = new BitSet();
        var answers = conversation.answers();
        var wanted =
                request.settings().learn() == LearnedTurns.ALL
                        ? answers
                        : List.of(answers.getLast());
        wanted.forEach(span -> learned.set(span.from(), span.to()));
        return new TrainingRow(conversation.ids(), learned);
    }

    private static List<Message> conversation(Example example) {
        var messages = new ArrayList<>(example.input());
        messages.add(Message.assistant(example.reference()));
        return messages;
    }

    private TunedAdapter textToText() {
        if (!full) {
            return textToText(engines.textToText(request.model()));
        }
        try (var own = engines.ownTextToText(request.model())) {
            return textToText(own);
        }
    }

    private TunedAdapter textToText(TextToTextModel open) {
        var rows =
                request.examples().stream()
                        .map(example ->
                                new PairRow(
                                        open.source(example.input()),
                                        open.continuation(example.reference())))
                        .toList();
        int most = Math.min(settings.maxTokens(), open.network().contextLength());
        var report =
                Trainer.pairs(open.network(), request.model(), settings)
                        .train(
                                TrainingSet.of(
                                        rows,
                                        row -> Math.max(row.source().length, row.target().length),
                                        most),
                                checking(open::responder, open::responder));
        return finished(report, open.network(), Json.mapper().createObjectNode());
    }

    private TunedAdapter classifier() {
        if (request.labels().isEmpty()) {
            throw SartorException.user(
                    request.model()
                            + " is an encoder, which tells classes and writes no text: give the task 'labels', or"
                            + " choose another model.");
        }
        NetworkFolder.check(model);
        refuseUnseenLabels();
        var head = new FreshClassHead(Networks.family(model), request.labels());
        try (var open =
                ClassifierModel.withHead(
                        request.model(), model, DType.BF16, request.labels(), settings.seed())) {
            var rows =
                    request.examples().stream()
                            .map(example ->
                                    new LabelledRow(
                                            open.source(example.input()),
                                            request.labels().indexOf(example.reference())))
                            .toList();
            int most = Math.min(settings.maxTokens(), open.network().contextLength());
            var report =
                    Trainer.classes(open.network(), request.model(), withHead(head))
                            .train(
                                    TrainingSet.of(rows, row -> row.ids().length, most),
                                    checking(open::responder, open::responder));
            if (!full) {
                var classes = request.folder().resolve(LocalEngines.CLASSES);
                AtomicFile.write(classes, Json.pretty(head.settings()));
            }
            return finished(report, open.network(), head.settings());
        }
    }

    /// A class without an example would never be told.
    private void refuseUnseenLabels() {
        var seen = request.examples().stream().map(Example::reference).collect(Collectors.toSet());
        var unseen = request.labels().stream().filter(label -> !seen.contains(label)).toList();
        if (!unseen.isEmpty()) {
            throw SartorException.user(
                    "every label must occur in the training examples of a model that tells classes, but "
                            + unseen
                            + " never does: add examples of it, or take it out of 'labels'.");
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
            Supplier<Responder> itself, Function<LoraAdapter, Responder> wearing) {
        TrainingCheck check =
                adapter -> {
                    try (var responder = adapter.map(wearing).orElseGet(itself)) {
                        return scored(responder);
                    }
                };
        return new Trainer.Surroundings(
                around.folder(),
                Optional.of(check),
                around.ability(),
                around.watch(),
                around.watchers(),
                around.progress(),
                around.cancellation());
    }

    private Score scored(Responder responder) {
        return validation.score(responder);
    }

    private TunedAdapter finished(TrainingReport report, Network network, ObjectNode changes) {
        if (full) {
            NetworkFolder.complete(model, request.folder(), network, changes);
        }
        return TrainingFigures.of(report);
    }
}
