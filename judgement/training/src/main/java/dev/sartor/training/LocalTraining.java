package dev.sartor.training;

import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.SimilarTexts;
import dev.sartor.evaluate.retrieval.MeaningRecall;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.model.Precision;
import dev.sartor.model.file.NetworkFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.Network;
import dev.sartor.tune.FillInTheMiddle;
import dev.sartor.tune.MaskedLmTexts;
import dev.sartor.tune.PreferenceRow;
import dev.sartor.tune.SimilarRow;
import dev.sartor.tune.TextWindows;
import dev.sartor.tune.TrainingCheck;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.check.AbilityCheck;
import dev.sartor.tune.check.ProbeCheck;
import dev.sartor.tune.trainer.Trainer;
import dev.sartor.tune.trainer.TrainingEvents;
import dev.sartor.tune.trainer.TrainingLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Function;

/// One training that is no task's. Where its own weights are trained, the model is opened for that alone.
final class LocalTraining {
    private final LocalEngines engines;
    private final TrainingRequest request;
    private final Path model;
    private final Networks.Kind kind;
    private final TuneSettings settings;
    private final boolean full;
    private final Precision held;
    private final Trainer.Surroundings around;

    LocalTraining(
            LocalEngines engines,
            TrainingRequest request,
            Progress progress,
            Cancellation cancellation) {
        this.engines = engines;
        this.request = request;
        this.model = engines.opened(request.model());
        this.kind = Networks.kind(model);
        this.settings = request.settings().recipe(kind, request.seed());
        this.full = request.settings().isFull(kind);
        this.held = request.settings().heldFor(kind);
        this.around =
                new Trainer.Surroundings(
                        request.folder(),
                        Optional.empty(),
                        Optional.empty(),
                        request.settings().watch().recipe(),
                        List.of(
                                new TrainingLog(request.folder()),
                                new TrainingEvents(request.folder(), Clock.systemUTC())),
                        progress,
                        cancellation);
    }

    /// Empty where this is another rank than the first, which holds the result.
    Optional<TunedAdapter> run() {
        if (full) {
            NetworkFolder.check(model);
        }
        return switch (request.material()) {
            case TrainingRequest.Texts texts -> decoder(open -> texts(open, texts));
            case TrainingRequest.Preferences rows -> decoder(open -> preferences(open, rows));
            case TrainingRequest.Words words -> words(words);
            case TrainingRequest.Meanings rows -> Optional.of(meanings(rows));
            case TrainingRequest.Labelled texts -> Optional.of(labelled(texts));
            case TrainingRequest.Relevance rows -> Optional.of(relevance(rows));
        };
    }

    private <R> Optional<TrainingReport> trained(
            Trainer<R> trainer, TrainingSet<R> set, Trainer.Surroundings surroundings) {
        var divided = trainer.across(engines.ranks());
        if (engines.ranks().isFollowing()) {
            divided.follow(set, surroundings.progress());
            return Optional.empty();
        }
        return Optional.of(divided.train(set, surroundings));
    }

    private Optional<TunedAdapter> decoder(
            Function<LanguageModel, Optional<TrainingReport>> training) {
        if (kind != Networks.Kind.DECODER) {
            throw SartorException.user(
                    "trainings.model must go on with a text (a decoder) for the objectives causal_lm and dpo, got "
                            + request.model()
                            + ": choose another model, or the objective masked_lm, contrastive or cross_encoder.");
        }
        if (!full && held == Precision.BF16) {
            var shared = engines.model(request.model(), Precision.BF16);
            return training.apply(shared).map(report -> finished(report, shared.decoder()));
        }
        try (var own = engines.ownModel(request.model(), held)) {
            return training.apply(own).map(report -> finished(report, own.decoder()));
        }
    }

    private Optional<TrainingReport> texts(LanguageModel open, TrainingRequest.Texts texts) {
        int most = Math.min(settings.maxTokens(), open.contextLength());
        var windows = new TextWindows(open.tokenizer(), most);
        var rows = new ArrayList<TrainingRow>();
        if (texts.fim() == 0) {
            texts.texts().forEach(text -> rows.addAll(windows.of(text)));
        } else {
            var holes = FillInTheMiddle.of(open.tokenizer(), request.model());
            var random = new SplittableRandom(settings.seed());
            for (var text : texts.texts()) {
                boolean isHoled = random.nextDouble() < texts.fim();
                rows.addAll(isHoled ? holes.windows(text, most, random) : windows.of(text));
            }
        }
        if (settings.privacy().isPresent()
                && (texts.fim() > 0 || rows.size() > texts.texts().size())) {
            throw SartorException.user(
                    "tune.privacy must be left out where a text becomes several rows or has its middle moved (fim_rate), as"
                            + " the promise is one of a row, got "
                            + rows.size()
                            + " rows of "
                            + texts.texts().size()
                            + " texts: raise tune.max_tokens, or cut the texts yourself.");
        }
        if (rows.isEmpty()) {
            throw SartorException.user(
                    "trainings.train must hold a text of two tokens or more: nothing can be learned from shorter"
                            + " ones.");
        }
        return trained(
                Trainer.texts(open.decoder(), request.model(), settings),
                new TrainingSet<>(rows, 0),
                probing(open));
    }

    /// What the model can do beside these rows is watched.
    private Trainer.Surroundings probing(LanguageModel open) {
        var watch = request.settings().watch();
        return surroundings(Optional.empty(), ProbeCheck.of(open, watch.recipe(), watch.probe()));
    }

    private Optional<TrainingReport> preferences(
            LanguageModel open, TrainingRequest.Preferences given) {
        var rows =
                given.rows().stream()
                        .map(row ->
                                new PreferenceRow(
                                        answer(open, row.prompt(), row.chosen()),
                                        answer(open, row.prompt(), row.rejected())))
                        .toList();
        var set =
                TrainingSet.of(
                        rows,
                        row -> Math.max(row.chosen().ids().length, row.rejected().ids().length),
                        settings.maxTokens());
        return trained(
                Trainer.preferences(open.decoder(), request.model(), settings, given.beta()),
                set,
                probing(open));
    }

    private static TrainingRow answer(LanguageModel open, List<Message> prompt, String answer) {
        var messages = new ArrayList<>(prompt);
        messages.add(Message.assistant(answer));
        var conversation = open.conversation(messages);
        return TrainingRow.answer(conversation.ids(), conversation.answerStart());
    }

    private Optional<TunedAdapter> words(TrainingRequest.Words words) {
        refuseUnlessEncoder("words");
        try (var network = Networks.encoder(model, held.computes())) {
            refuseUnlessItTellsWords(network);
            var tokenizer = LanguageModel.tokenizer(model);
            int most = Math.min(settings.maxTokens(), network.contextLength());
            var hidden = new MaskedLmTexts(tokenizer, request.model(), most);
            var rows = words.texts().stream().flatMap(text -> hidden.windows(text).stream());
            return trained(
                            Trainer.words(network, request.model(), settings, hidden.masking()),
                            new TrainingSet<>(rows.toList(), 0),
                            around)
                    .map(report -> finished(report, network));
        }
    }

    private void refuseUnlessEncoder(String what) {
        if (kind != Networks.Kind.ENCODER) {
            throw SartorException.user(
                    "trainings.model must be an encoder for the objective "
                            + what
                            + ", got "
                            + request.model()
                            + ": choose a model such as BERT.");
        }
    }

    private void refuseUnlessItTellsWords(Encoder network) {
        if (!network.tellsWords()) {
            throw SartorException.user(
                    request.model()
                            + " must have a head for masked words to learn them, and its files hold none: choose a"
                            + " model that was trained for them.");
        }
    }

    private void refuseRanks(String what) {
        if (!engines.ranks().areNone()) {
            throw SartorException.user(
                    "--ranks must be 1 where "
                            + what
                            + " is trained, got "
                            + engines.ranks().count()
                            + ": leave it out.");
        }
    }

    private void refuseAdapterOf(String what) {
        refuseRanks(what);
        if (!full) {
            throw SartorException.user(
                    String.format(
                            Locale.ROOT,
                            "tune.method must be full where %s is trained, got lora: %s is loaded as one folder. Set 'method: full' under the training's tune.",
                            what,
                            what));
        }
    }

    private TunedAdapter relevance(TrainingRequest.Relevance given) {
        refuseUnlessEncoder("cross_encoder");
        refuseAdapterOf("a reranker");
        return new RerankerTraining(request.model(), model, settings, held.computes(), around)
                .run(given);
    }

    private TunedAdapter meanings(TrainingRequest.Meanings given) {
        refuseAdapterOf("an embedder");
        try (var open = LocalEmbedder.open(request.model(), model, held.computes())) {
            var rows = given.rows().stream().map(row -> similar(open, row)).toList();
            var set = TrainingSet.of(rows, LocalTraining::longest, settings.maxTokens());
            var trainer = Trainer.meanings(open.encoder(), request.model(), settings);
            if (given.validation().isEmpty()) {
                return finished(trainer.train(set, around), open.encoder().network());
            }
            var before = recall(open, given);
            around.progress()
                    .say(String.format(Locale.ROOT, "before: recall@1 %.3f", before.value()));
            var report =
                    trainer.train(
                            set,
                            surroundings(Optional.of(_ -> recall(open, given)), Optional.empty()));
            return finished(report, open.encoder().network()).withBefore(before.value());
        }
    }

    /// An embedder learns which texts have the same label.
    private TunedAdapter labelled(TrainingRequest.Labelled given) {
        refuseAdapterOf("an embedder");
        try (var open = LocalEmbedder.open(request.model(), model, held.computes())) {
            var ids = given.texts().stream().map(open::queryIds).toList();
            var rows =
                    LabelPairs.of(given.labels(), given.pairs(), settings.seed()).stream()
                            .map(pair ->
                                    new SimilarRow(
                                            ids.get(pair.one()),
                                            ids.get(pair.other()),
                                            Optional.empty(),
                                            OptionalInt.of(given.labels().get(pair.one()))))
                            .toList();
            if (rows.isEmpty()) {
                throw SartorException.user(
                        "the training examples of setfit must hold two of a label at least: nothing can be learned from"
                                + " labels with one example each. Add some, or leave setfit out of approaches.");
            }
            var set = TrainingSet.of(rows, LocalTraining::longest, settings.maxTokens());
            var trainer = Trainer.meanings(open.encoder(), request.model(), settings);
            return finished(trainer.train(set, around), open.encoder().network());
        }
    }

    private static Score recall(LocalEmbedder open, TrainingRequest.Meanings given) {
        var rows = given.validation();
        return MeaningRecall.atOne(
                open,
                rows.stream().map(SimilarTexts::anchor).toList(),
                rows.stream().map(SimilarTexts::positive).toList());
    }

    private Trainer.Surroundings surroundings(
            Optional<TrainingCheck> check, Optional<AbilityCheck> ability) {
        return new Trainer.Surroundings(
                around.folder(),
                check,
                ability,
                around.watch(),
                around.watchers(),
                around.progress(),
                around.cancellation());
    }

    private static SimilarRow similar(LocalEmbedder open, SimilarTexts row) {
        return new SimilarRow(
                open.queryIds(row.anchor()),
                open.documentIds(row.positive()),
                row.negative().map(open::documentIds));
    }

    private static int longest(SimilarRow row) {
        int both = Math.max(row.anchor().length, row.positive().length);
        return Math.max(both, row.negative().map(negative -> negative.length).orElse(0));
    }

    private TunedAdapter finished(TrainingReport report, Network network) {
        if (full) {
            NetworkFolder.complete(
                    model, request.folder(), network, Json.mapper().createObjectNode());
        }
        return TunedAdapter.of(report);
    }
}
