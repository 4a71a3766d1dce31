package dev.sartor.retrieve.search;

import dev.sartor.core.Embedder;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.DocumentCollection;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.access.PrivateDirectory;
import dev.sartor.retrieve.field.MetadataTerms;
import dev.sartor.retrieve.field.PageField;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.Chunker;
import dev.sartor.retrieve.text.Languages;
import dev.sartor.retrieve.text.WordField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;

/// Makes an index of documents: chunks, vectors, one Lucene segment. The same input gives the same index.
public record IndexBuilder(IndexSettings settings, Optional<Embedder> embedder, Progress progress) {
    public static final String ID = "id";
    public static final String DOCUMENT = "document";
    public static final String SECTION = "section";
    static final String TITLE = "title";
    public static final String TEXT = "text";
    static final String LANGUAGE = "language";
    public static final String VECTOR = "vector";

    /// Lucene's own limit for vectors in HNSW.
    private static final int MOST_DIMENSIONS = 1024;

    /// What an encoder puts around a text.
    private static final int SPECIAL_TOKENS = 2;

    /// Of a token; words have four or five.
    private static final int MOST_CHARACTERS = 32;

    private static final int BATCH = 64;

    public IndexBuilder {
        embedder.ifPresent(model -> {
            Problems.refuseUnless(
                    settings.chunks().tokens() <= model.maxTokens(),
                    "retrieval.chunk_tokens",
                    "at most " + model.maxTokens() + " (all that the embedder reads)",
                    settings.chunks().tokens(),
                    "lower it or choose another embedder");
            Problems.refuseUnless(
                    model.dimension() <= MOST_DIMENSIONS,
                    "the embedder's dimension",
                    "at most " + MOST_DIMENSIONS,
                    model.dimension(),
                    "choose another embedder");
        });
    }

    public void build(DocumentCollection source, Path folder) throws IOException {
        var documents = source.read(progress);
        var chunker = new Chunker(settings.chunks(), tokens());
        var chunks = documents.all().stream().flatMap(d -> chunks(d, chunker).stream()).toList();
        if (chunks.isEmpty()) {
            throw SartorException.user(
                    "there is no document with text to search:\n"
                            + String.join("\n", documents.report().lines())
                            + "\nPut Markdown, text, HTML, PDF or office files into the documents"
                            + " folder.");
        }
        var rules = AccessRules.of(chunks.stream().map(Chunk::readers).toList());
        write(chunks, source, folder);
        new IndexManifest(
                        chunks.size(),
                        overlong(chunks),
                        documents.report(),
                        rules.rules().values().stream().map(Readers::sorted).toList())
                .write(folder);
    }

    public List<Chunk> chunks(Document document, Chunker chunker) {
        var chunks = chunker.chunks(document);
        return settings.analysis() == Analysis.AUTO ? Languages.told(chunks) : chunks;
    }

    /// Without an embedder a word counts as a token. What is no word, such as a picture written in letters, may be one token
    /// of any length: it counts by its characters.
    public ToIntFunction<String> tokens() {
        ToIntFunction<String> counted =
                embedder.<ToIntFunction<String>>map(model -> model::countTokens)
                        .orElse(text -> text.isBlank() ? 0 : text.strip().split("\\s+").length);
        return text -> Math.max(counted.applyAsInt(text), text.length() / MOST_CHARACTERS);
    }

    public int overlong(List<Chunk> chunks) {
        if (embedder.isEmpty()) {
            return 0;
        }
        var model = embedder.get();
        int most = model.maxTokens() - SPECIAL_TOKENS;
        return (int) chunks.stream().filter(c -> model.countTokens(c.indexed()) > most).count();
    }

    private void write(List<Chunk> chunks, DocumentCollection source, Path folder)
            throws IOException {
        try (var directory = PrivateDirectory.open(folder);
                var analyzer = settings.analysis().analyzer();
                var step = progress.begin("indexing passages", chunks.size(), "passages")) {
            var config =
                    new IndexWriterConfig(analyzer)
                            .setSimilarity(PassageIndex.SIMILARITY)
                            .setCodec(settings.vectors().codec())
                            .setMergeScheduler(new SerialMergeScheduler());
            try (var writer = new IndexWriter(directory, config)) {
                var batch = new ArrayList<List<Chunk>>();
                int waiting = 0;
                for (var document : DocumentVector.byDocument(chunks)) {
                    batch.add(document);
                    waiting += document.size();
                    if (waiting >= BATCH) {
                        add(batch, source, writer, step);
                        batch.clear();
                        waiting = 0;
                    }
                }
                add(batch, source, writer, step);
                writer.forceMerge(1);
                writer.commit();
            }
        }
    }

    private void add(
            List<List<Chunk>> documents,
            DocumentCollection source,
            IndexWriter writer,
            Progress.Step step)
            throws IOException {
        var vectors = vectors(documents.stream().flatMap(List::stream).toList());
        int from = 0;
        for (var chunks : documents) {
            var own = vectors.isEmpty() ? vectors : vectors.subList(from, from + chunks.size());
            from += chunks.size();
            var whole = DocumentVector.field(own);
            var path = chunks.getFirst().document();
            var metadata = MetadataTerms.of(path, source.metadata(path));
            for (int i = 0; i < chunks.size(); i++) {
                var vector = own.isEmpty() ? Optional.<float[]>empty() : Optional.of(own.get(i));
                var document = fields(chunks.get(i), vector);
                whole.ifPresent(document::add);
                document.addAll(metadata);
                writer.addDocument(document);
            }
            step.advance(chunks.size());
        }
    }

    public List<float[]> vectors(List<Chunk> batch) {
        return embedder.map(model -> model.embed(batch.stream().map(Chunk::indexed).toList()))
                .orElse(List.of());
    }

    /// How a passage lies in Lucene.
    ///
    /// @param vector empty where words alone are searched
    static List<Field> fields(Chunk chunk, Optional<float[]> vector) {
        var fields = new ArrayList<Field>();
        fields.add(new StringField(ID, chunk.id(), Field.Store.YES));
        fields.add(new StoredField(DOCUMENT, chunk.document()));
        fields.add(new StoredField(SECTION, chunk.section()));
        fields.add(new StoredField(TITLE, chunk.title()));
        fields.add(new StoredField(TEXT, chunk.text()));
        fields.add(new TextField(WordField.of(chunk.language()), chunk.indexed(), Field.Store.NO));
        chunk.language().ifPresent(each -> fields.add(new StoredField(LANGUAGE, each.label())));
        fields.add(
                new StringField(
                        AccessRules.FIELD, AccessRules.text(chunk.readers()), Field.Store.YES));
        PageField.of(chunk.pages()).ifPresent(fields::add);
        vector.map(each ->
                        new KnnFloatVectorField(VECTOR, each, VectorSimilarityFunction.DOT_PRODUCT))
                .ifPresent(fields::add);
        return fields;
    }
}
