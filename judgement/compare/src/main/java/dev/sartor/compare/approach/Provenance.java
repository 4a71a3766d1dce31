package dev.sartor.compare.approach;

import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.project.setting.RenamedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a run or a training was made of: all that it takes to make it again, and to see what has changed since. Lies as
/// `made-of.json` beside the result.
///
/// @param settings as `sartor.yaml` could state them, of this task and approach, or this training, alone
/// @param files that were read
/// @param digests SHA-256 of the models' files, of the documents and of the prompt's template, by their role
/// @param by what made it
/// @param base of the model; empty where a remote one answers
/// @param result SHA-256 of each file of what was trained, by its name; empty without training
/// @param readers who may read all that was learned from, as in {@link Run}
public record Provenance(
        Map<String, Object> settings,
        List<Source> files,
        Map<String, String> digests,
        By by,
        Optional<BaseModel> base,
        Map<String, String> result,
        Set<Set<String>> readers) {
    public static final String FILE = "made-of.json";

    public Provenance {
        settings = Collections.unmodifiableMap(RenamedKeys.current(settings));
        files = List.copyOf(files);
        digests = Map.copyOf(digests);
        result = Collections.unmodifiableMap(new TreeMap<>(result));
    }

    /// A file that was read.
    ///
    /// @param role such as `train` or `probe`
    /// @param path from the project's folder
    public record Source(String role, String path, String sha256) {
        public static Source of(String role, Path file, String sha256, Path folder) {
            return new Source(role, RecordedSettings.relative(file, folder), sha256);
        }
    }

    /// What decides a result besides what it is made of, to its last bits.
    ///
    /// @param version the program's
    /// @param threads that share a sum
    public record By(String version, String java, String processor, int threads) {
        public static By now(Circumstances circumstances) {
            return new By(
                    circumstances.version(),
                    System.getProperty("java.version"),
                    Machine.here(0).processor(),
                    circumstances.engines().threads());
        }
    }

    /// @param licence as {@link Engines#licence} says
    /// @param parameters of the model as it is; empty for what was trained and not tested, as counting them loads the model
    public record BaseModel(String model, String licence, Optional<Long> parameters) {
        public static BaseModel of(String model, Engines engines) {
            return new BaseModel(model, engines.licence(model), Optional.empty());
        }

        BaseModel counted(Engines engines) {
            return new BaseModel(model, licence, Optional.of(engines.parameters(model)));
        }
    }

    /// With the parameters of the model, which is open.
    public Provenance counted(Engines engines) {
        return new Provenance(
                settings,
                files,
                digests,
                by,
                base.map(each -> each.counted(engines)),
                result,
                readers);
    }

    /// Of a candidate of a task.
    ///
    /// @param digests of everything but the data
    /// @param result the folder of what was trained for it
    /// @param folder the project's
    public static Provenance of(
            Planned planned,
            Map<String, String> digests,
            Optional<Path> result,
            Readers readers,
            Path folder,
            Circumstances circumstances) {
        var all = new TreeMap<>(digests);
        all.putAll(planned.promptDigests());
        return new Provenance(
                RecordedSettings.of(planned, folder),
                files(planned, folder),
                all,
                By.now(circumstances),
                planned.remote().isPresent() || !planned.name().usesModel()
                        ? Optional.empty()
                        : Optional.of(
                                BaseModel.of(planned.project().model(), circumstances.engines())),
                result.map(Provenance::digests).orElse(Map.of()),
                readers.clauses());
    }

    private static List<Source> files(Planned planned, Path folder) {
        var settings = planned.settings();
        var files = new LinkedHashMap<String, Path>();
        settings.train().ifPresent(file -> files.put("train", file));
        settings.validation().ifPresent(file -> files.put("validation", file));
        files.put("test", settings.test());
        var sources = new ArrayList<Source>();
        files.forEach((role, file) ->
                planned.data()
                        .digest(role)
                        .ifPresent(digest -> sources.add(Source.of(role, file, digest, folder))));
        if (planned.name().isTuned()) {
            settings.tune().watch().probe().ifPresent(file -> sources.add(probe(file, folder)));
        }
        return sources;
    }

    public static Source probe(Path file, Path folder) {
        return Source.of("probe", file, Sha256.ofReadable(file), folder);
    }

    /// SHA-256 of each file that makes up what was trained.
    public static Map<String, String> digests(Path result) {
        var digests = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(result, "{*.safetensors,adapter_config.json}")) {
            for (var file : files) {
                digests.put(String.valueOf(file.getFileName()), Sha256.ofReadable(file));
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + result + ": " + e.getMessage(), e);
        }
        return digests;
    }

    public void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), RunJson.pretty(this));
    }

    /// Empty where an earlier version made the result, or something else.
    public static Optional<Provenance> read(Path folder) {
        var file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(RunJson.read(file, Provenance.class))
                : Optional.empty();
    }
}
