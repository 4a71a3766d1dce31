package dev.sartor.cli.serve;

import dev.sartor.cli.adapter.AttachedAdapters;
import dev.sartor.cli.adapter.Slots;
import dev.sartor.cli.console.Console;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Size;
import dev.sartor.generate.AdapterResponders;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.serve.AdapterStore;
import dev.sartor.serve.ModelSource;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.training.LocalEngines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One model as it is and with adapters on, all of them in the same batches.
final class ModelWithAdapters implements Servable {
    private static final int LEAST_SLOTS = 8;
    private static final int MOST_SLOTS = 32;
    private static final int LEAST_RANK = 16;
    private static final int MOST_RANK = 2048;

    private final String name;
    private final LocalEngines engines;
    private final Optional<AdapterResponders> pool;
    private final Responder bare;
    private final ModelSource adapters;
    private final Optional<AttachedAdapters> attached;
    private final AnswerForm form;
    private final Readers readers;

    private ModelWithAdapters(
            String name, LocalEngines engines, BaseModelOptions options, Console console) {
        this.name = name;
        this.engines = engines;
        this.form = new AnswerForm.FreeText(options.answerTokens);
        var model = options.model.orElseThrow();
        this.readers = engines.readers(model);
        var places = options.places(name);
        if (places.areNone() && !options.takesJobs) {
            this.pool = Optional.empty();
            this.attached = Optional.empty();
            this.bare = engines.base(model);
            this.adapters = ModelSource.none();
        } else {
            var there = places.all();
            int slots = options.slots.orElse(Math.clamp(there.size(), LEAST_SLOTS, MOST_SLOTS));
            int rank = options.rank.orElseGet(() -> highestRank(there, console));
            var opened = engines.withAdapters(model, slots, rank);
            this.pool = Optional.of(opened);
            this.bare = opened.bare();
            var access = new ServedAdapters.Access(readers, options.unsaid.readers());
            this.attached =
                    options.folder.map(folder ->
                            AttachedAdapters.open(
                                    folder,
                                    Slots.of(opened),
                                    readers,
                                    taken -> places.of(taken).isPresent(),
                                    Clock.systemUTC()));
            var served = new ServedAdapters(places, opened::responder, form, access, attached);
            this.adapters = served;
            console.say(
                    String.format(
                            Locale.ROOT,
                            "Up to %d adapters of rank %d at the same time take %s.",
                            slots,
                            rank,
                            Size.mib(opened.bytes())));
            served.said().forEach(console::say);
        }
    }

    /// @param engines closed with this
    static ModelWithAdapters of(LocalEngines engines, BaseModelOptions options, Console console) {
        try {
            return new ModelWithAdapters(
                    name(options.model.orElseThrow()), engines, options, console);
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    /// A path is called as its last part.
    static String name(String model) {
        if (!Files.exists(Path.of(model))) {
            return model;
        }
        var path = Path.of(model).toAbsolutePath().normalize();
        return String.valueOf(path.getFileName()).replaceFirst("\\.gguf$", "");
    }

    /// An adapter that cannot be read takes part in nothing here; whoever asks for it is told why.
    private static int highestRank(Map<String, Path> adapters, Console console) {
        int highest = LEAST_RANK;
        for (var folder : adapters.values()) {
            try {
                highest = Math.max(highest, PeftFolder.rank(folder));
            } catch (SartorException e) {
                console.say(String.valueOf(e.getMessage()));
            }
        }
        return Math.min(highest, MOST_RANK);
    }

    @Override
    public ServedModels models() {
        return new ServedModels(
                Map.of(name, new ServedModel(bare, readers, form)), Map.of(), adapters);
    }

    @Override
    public Optional<AdapterStore> adapters() {
        return attached.map(store -> store);
    }

    @Override
    public Optional<Function<Path, ServedModel>> adapted() {
        return pool.map(each -> path -> new ServedModel(each.responder(path), readers, form));
    }

    @Override
    public void close() {
        attached.ifPresent(AttachedAdapters::close);
        bare.close();
        pool.ifPresent(AdapterResponders::close);
        engines.close();
    }
}
