package dev.sartor.synthesis;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.documents.Document;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Remote;
import dev.sartor.remote.RemoteResponder;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.Chunker;
import dev.sartor.retrieve.text.WordForms;
import dev.sartor.synthesis.check.PairChecks;
import dev.sartor.synthesis.check.PairClassifier;
import dev.sartor.synthesis.check.PairFeatures;
import dev.sartor.synthesis.check.Passages;
import dev.sartor.synthesis.check.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Makes questions with their answers from documents, with a project's models.
public final class ProjectMaking {
    /// Counts changes to what the same request makes.
    private static final String FORMAT = "1";

    private final Project project;
    private final Circumstances around;

    public ProjectMaking(Project project, Circumstances around) {
        this.project = project;
        this.around = around;
    }

    /// Who is asked, each a model or the name of a remote one.
    ///
    /// @param reader answers each question itself, with and without the passage
    public record Asked(String model, Optional<String> reader) {}

    /// @param documents that the pairs are made of, read once nothing is wrong
    /// @param out the folder of the result; a run that was stopped goes on in it
    /// @throws SartorException a user's error where the folder holds a result, or no passage can be asked about
    public MakingReport make(
            Supplier<List<Document>> documents, MakingRequest request, Asked asked, Path out) {
        if (Files.exists(out.resolve(MakingReport.RECORD))) {
            throw SartorException.user(out + " holds pairs: name another --out.");
        }
        try (var forms = new WordForms(project.retrieval().language());
                var embedder = around.engines().embedder(project.embedder());
                var model = open(asked.model());
                var reader = new LateReader(asked)) {
            // Whoever may not read what the model was made of may not read what it says.
            var readers = readers(asked.model());
            var sendable = SendableChunks.of(chunks(documents.get(), embedder), remotes(asked));
            var chunks =
                    sendable.chunks().stream()
                            .map(each -> each.readableBy(each.readers().and(readers)))
                            .toList();
            var passages = Passages.of(chunks, forms, embedder, around.progress());
            var log = ProposalLog.open(out, made(passages, asked.model(), request.seed()));
            var rules = rules(request.least(), reader.opened(Optional.of(model)));
            var checks = checks(passages, forms, embedder, rules);
            var source = new AskedModel(model, remote(asked.model()), log, request.seed());
            var made =
                    new PairMaking(
                                    request,
                                    passages,
                                    checks,
                                    source,
                                    around.progress(),
                                    around.cancellation())
                            .make();
            return new MadeFiles(out, passages, asked.model())
                    .write(
                            made,
                            new HardNegatives(passages, request.negatives(), embedder),
                            files ->
                                    report(
                                            request,
                                            asked,
                                            passages,
                                            new Work(source, made, sendable),
                                            files));
        }
    }

    /// Checks pairs that were made elsewhere in the same way.
    ///
    /// @param pairs JSONL with `question`, `answer`, `document` (its path) and `quote` (words of the passage)
    /// @param reader a model that answers each question itself; empty for none
    /// @return each pair with what was found stands in `checked.jsonl` in the folder
    public CheckingReport check(
            Supplier<List<Document>> documents,
            Path pairs,
            double least,
            Optional<String> reader,
            Path out) {
        var asked = new Asked("", reader);
        var given = GivenPair.read(pairs);
        try (var forms = new WordForms(project.retrieval().language());
                var embedder = around.engines().embedder(project.embedder());
                var late = new LateReader(asked)) {
            var sendable = SendableChunks.of(chunks(documents.get(), embedder), remotes(asked));
            var passages = Passages.of(sendable.chunks(), forms, embedder, around.progress());
            sendable.note().ifPresent(around.progress()::say);
            var opened = reader.flatMap(_ -> late.opened(Optional.empty()));
            var checks =
                    checks(
                            passages,
                            forms,
                            embedder,
                            new PairChecks.Rules(least, opened, List.of(), List.of()));
            return new PairChecking(passages, checks, around.progress()).check(pairs, given, out);
        }
    }

    private static PairChecks checks(
            Passages passages, WordForms forms, Embedder embedder, PairChecks.Rules rules) {
        return new PairChecks(
                passages,
                new PairFeatures(passages, forms, embedder),
                PairClassifier.standard(),
                embedder,
                rules);
    }

    private record Work(AskedModel source, PairMaking.Made made, SendableChunks sendable) {}

    private static MakingReport report(
            MakingRequest request,
            Asked asked,
            Passages passages,
            Work work,
            Map<String, String> files) {
        var made = work.made();
        var source = work.source();
        return new MakingReport(
                asked.model(),
                asked.reader().orElse(""),
                request.seed(),
                request.least(),
                passages.size(),
                made.tries(),
                made.kept().size(),
                made.all().size() - made.kept().size(),
                MadeFiles.faults(made.rejected()),
                documents(passages, made),
                MadeFiles.kinds(made.kept()),
                MadeFiles.difficulty(made.kept()),
                source.tokens(),
                source.price(),
                files,
                work.sendable().withheld(),
                notes(work));
    }

    private static List<String> notes(Work work) {
        var notes = new ArrayList<>(work.made().notes());
        work.sendable().note().ifPresent(notes::add);
        if (work.source().tooLong() > 0) {
            notes.add(
                    work.source().tooLong()
                            + " requests did not fit the model's context, and count as malformed: lower retrieval.chunk_tokens.");
        }
        return notes;
    }

    private static int documents(Passages passages, PairMaking.Made made) {
        return (int)
                made.kept().stream()
                        .map(each -> passages.chunk(each.claim().passage()).document())
                        .distinct()
                        .count();
    }

    /// Cut as the project's retrieval cuts them.
    private List<Chunk> chunks(List<Document> documents, Embedder embedder) {
        var cut = project.retrieval();
        var chunker =
                new Chunker(
                        new ChunkSettings(cut.chunkTokens(), cut.overlapTokens()),
                        embedder::countTokens);
        return documents.stream().flatMap(each -> chunker.chunks(each).stream()).toList();
    }

    /// The model itself where the reader is named like it; closed with this where it is another.
    private final class LateReader implements AutoCloseable {
        private final Asked asked;
        private Optional<Responder> own = Optional.empty();

        LateReader(Asked asked) {
            this.asked = asked;
        }

        /// @param model that makes the pairs, where one does
        Optional<Reader> opened(Optional<Responder> model) {
            return asked.reader()
                    .map(name -> {
                        if (model.isPresent() && name.equals(asked.model())) {
                            return new Reader(model.get());
                        }
                        var other = open(name);
                        own = Optional.of(other);
                        return new Reader(other);
                    });
        }

        @Override
        public void close() {
            own.ifPresent(Responder::close);
        }
    }

    private Responder open(String name) {
        return remote(name)
                .<Responder>map(each -> RemoteResponder.open(each, around.environment()))
                .orElseGet(() -> around.engines().base(name));
    }

    private List<Remote> remotes(Asked asked) {
        return Stream.concat(Stream.of(asked.model()), asked.reader().stream())
                .flatMap(name -> remote(name).stream())
                .toList();
    }

    private Optional<Remote> remote(String name) {
        return project.remote(name);
    }

    /// Of all tasks of free text.
    private PairChecks.Rules rules(double least, Optional<Reader> reader) {
        var known = new ArrayList<String>();
        var heldOut = new ArrayList<String>();
        for (var settings : project.tasks()) {
            if (!settings.isClassification()) {
                var data = TaskExamples.read(settings);
                add(data.train(), known);
                add(data.validation(), heldOut);
                add(data.test(), heldOut);
            }
        }
        return new PairChecks.Rules(least, reader, known, heldOut);
    }

    private static void add(List<Example> examples, List<String> questions) {
        examples.forEach(each -> questions.add(each.input().getLast().content()));
    }

    private String made(Passages passages, String model, long seed) {
        var made = new LinkedHashMap<String, Object>();
        made.put("format", FORMAT);
        made.put("model", digest(model));
        made.put("seed", seed);
        var texts = Sha256.digest();
        for (int i = 0; i < passages.size(); i++) {
            var chunk = passages.chunk(i);
            texts.update(
                    (chunk.id() + "\0" + chunk.indexed() + "\0" + chunk.readers().sorted() + "\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
        made.put("passages", HexFormat.of().formatHex(texts.digest()));
        return Sha256.of(Json.line(made));
    }

    private Readers readers(String name) {
        return remote(name).isPresent() ? Readers.everyone() : around.engines().readers(name);
    }

    private String digest(String name) {
        return remote(name)
                .map(each -> each.url() + " " + each.model())
                .orElseGet(() -> around.engines().digest(name));
    }
}
