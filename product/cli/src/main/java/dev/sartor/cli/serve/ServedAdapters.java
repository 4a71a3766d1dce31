package dev.sartor.cli.serve;

import dev.sartor.cli.adapter.AttachedAdapters;
import dev.sartor.cli.adapter.PlacedAdapter;
import dev.sartor.cli.index.IndexShowCommand;
import dev.sartor.cli.option.AdapterReadersOption;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.model.adapter.AdapterVersion;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.serve.ModelSource;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adapters of one base model by the names under which clients ask for them: some that are named, the sub-folders of
/// one folder, which may come, change and go while the server runs, and those that callers attached.
final class ServedAdapters implements ModelSource {
    private static final int MOST_SHOWN = 12;
    private static final Logger LOG = LoggerFactory.getLogger(ServedAdapters.class);

    private final Places places;
    private final Function<AdapterVersion, Responder> adapted;
    private final AnswerForm form;
    private final Access access;
    private final Optional<AttachedAdapters> attached;
    private final PlacedAdapter.Digests digests = new PlacedAdapter.Digests();

    /// Who may call what.
    ///
    /// @param base who may read all that the base model was made from
    /// @param unsaid who may call adapters that do not say who may read what they were made from
    record Access(Readers base, Readers unsaid) {}

    /// @param adapted the base model with the adapter of a folder on
    /// @param attached by callers
    ServedAdapters(
            Places places,
            Function<AdapterVersion, Responder> adapted,
            AnswerForm form,
            Access access,
            Optional<AttachedAdapters> attached) {
        this.places = places;
        this.adapted = adapted;
        this.form = form;
        this.access = access;
        this.attached = attached;
    }

    /// The folder is looked at whatever was attached: a name that the asker may not know takes as long as one that is none.
    @Override
    public Optional<ServedModel> find(String name) {
        var placed = places.of(name);
        return placed.map(this::placed)
                .or(() ->
                        attached.flatMap(all -> all.version(name))
                                .map(version ->
                                        model(version.version(), version.described().readers())
                                                .with(version)));
    }

    /// The version is taken before its readers: who may read a later one is not asked for it. Of a folder that is half written
    /// whoever may call it is told when he asks.
    private ServedModel placed(Path path) {
        try {
            var version = AdapterVersion.of(path);
            return model(version, readers(path)).with(new PlacedAdapter(version, digests));
        } catch (SartorException e) {
            var late = new OpenedLate(() -> adapted.apply(AdapterVersion.of(path)), _ -> {});
            return new ServedModel(late, readers(path), form);
        }
    }

    private ServedModel model(AdapterVersion version, Readers readers) {
        return new ServedModel(adapted.apply(version), readers, form);
    }

    /// Nobody may call an adapter whose file of readers cannot be understood, whatever is said of those without one.
    private Readers readers(Path path) {
        try {
            var said = ReadersFile.read(path);
            if (said.isEmpty() && places.told.add(path.toString())) {
                LOG.warn("{}", unsaid(List.of(path.toString()), access.unsaid()));
            }
            return access.base().and(said.orElse(access.unsaid()));
        } catch (SartorException e) {
            if (places.told.add(path + " " + e.getMessage())) {
                LOG.warn("nobody may call the adapter {}: {}", path, e.getMessage());
            }
            return Readers.nobody();
        }
    }

    /// What is to be known of the adapters that are there at the start, a sentence each.
    List<String> said() {
        var silent = new ArrayList<String>();
        var said = new ArrayList<String>();
        places.all()
                .forEach((name, path) -> {
                    try {
                        if (ReadersFile.read(path).isEmpty()) {
                            silent.add(name);
                            places.told.add(path.toString());
                        }
                    } catch (SartorException e) {
                        said.add("Nobody may call the adapter " + name + ": " + e.getMessage());
                        places.told.add(path + " " + e.getMessage());
                    }
                });
        if (!silent.isEmpty()) {
            said.addFirst(unsaid(silent, access.unsaid()));
        }
        return said;
    }

    private static String unsaid(List<String> names, Readers readers) {
        int shown = Math.min(MOST_SHOWN, names.size());
        return "Beside "
                + String.join(", ", names.subList(0, shown))
                + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "")
                + " nothing says who may read what it was made from, so that "
                + IndexShowCommand.readers(readers)
                + " may call it: "
                + AdapterReadersOption.NAME
                + " says who may.";
    }

    @Override
    public List<String> names() {
        var names = new LinkedHashSet<>(places.all().keySet());
        attached.ifPresent(all -> names.addAll(all.names()));
        return List.copyOf(names);
    }

    /// Where adapters lie.
    static final class Places {
        private final Map<String, Path> named;
        private final Optional<Path> parent;
        private final Set<String> told = ConcurrentHashMap.newKeySet();

        /// @param parent the folder whose sub-folders are adapters
        /// @throws SartorException a user's error where a named folder or the parent is none, or a name cannot be used
        Places(Map<String, Path> named, Optional<Path> parent) {
            this.named = new LinkedHashMap<>(named);
            this.parent = parent;
            named.forEach(Places::check);
            parent.filter(folder -> !Files.isDirectory(folder))
                    .ifPresent(folder -> {
                        throw SartorException.user(
                                "--adapters must be a folder whose sub-folders are adapters, got "
                                        + folder
                                        + ": make it, or name one adapter with --adapter NAME=FOLDER.");
                    });
        }

        private static void check(String name, Path folder) {
            if (!ServedModels.isName(name) || !PeftFolder.isOne(folder)) {
                throw SartorException.user(
                        "--adapter must be NAME=FOLDER with a name of letters, digits and . _ : @ + -"
                                + " and a folder that `sartor tune` or PEFT's save_pretrained wrote,"
                                + " got "
                                + name
                                + "="
                                + folder
                                + ".");
            }
        }

        boolean areNone() {
            return named.isEmpty() && parent.isEmpty();
        }

        Optional<Path> of(String name) {
            return Optional.ofNullable(named.get(name))
                    .or(() -> parent.filter(_ -> isPlain(name)).map(folder -> folder.resolve(name)))
                    .filter(PeftFolder::isOne);
        }

        /// A name from outside: with a slash it could lead elsewhere.
        private static boolean isPlain(String name) {
            return ServedModels.isName(name) && !name.contains("/");
        }

        Map<String, Path> all() {
            var all = new LinkedHashMap<String, Path>();
            named.keySet().forEach(name -> of(name).ifPresent(path -> all.put(name, path)));
            for (var path : parent.map(Places::subFolders).orElse(List.of())) {
                var name = String.valueOf(path.getFileName());
                if (isPlain(name)) {
                    all.putIfAbsent(name, path);
                } else if (told.add(name)) {
                    LOG.warn(
                            "the adapter {} is not served: its folder's name must be letters, digits"
                                    + " and . _ : @ + -, beginning with a letter or a digit",
                            path);
                }
            }
            return all;
        }

        private static List<Path> subFolders(Path parent) {
            try (var found = Files.list(parent)) {
                return new ArrayList<>(found.filter(PeftFolder::isOne).sorted().toList());
            } catch (IOException e) {
                throw SartorException.missing(
                        "cannot list the adapters in " + parent + ": " + e.getMessage(), e);
            }
        }
    }
}
