package dev.sartor.retrieve.search;

import dev.sartor.core.Readers;
import dev.sartor.core.file.Sha256;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.field.MetadataTerms;
import dev.sartor.retrieve.field.PageField;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;

/// A standing index's documents and passages at one commit, and how they lie in Lucene: a block for each document, with
/// its passages and last its state; all carry the document's path.
public record StoredPassages(DirectoryReader reader) implements StoredDocuments {
    /// The path, on all of a document's block.
    public static final String OWNER = "owner";

    /// The path, on the state alone.
    public static final String STATE_OF = "state_of";

    /// Of a passage as it was embedded: equal ones have the same vector.
    static final String CONTENT = "content";

    private static final String STATE = "state";

    /// A passage with its vector; empty where words alone are searched.
    public record Embedded(Chunk chunk, Optional<float[]> vector) {
        public Embedded readableBy(Readers readers) {
            return new Embedded(chunk.readableBy(readers), vector);
        }
    }

    public static String content(Chunk chunk) {
        return Sha256.of(chunk.indexed());
    }

    private static Document fields(Embedded embedded) {
        var chunk = embedded.chunk();
        var document = new Document();
        IndexBuilder.fields(chunk, embedded.vector()).forEach(document::add);
        document.add(new StringField(OWNER, chunk.document(), Field.Store.NO));
        document.add(new StringField(CONTENT, content(chunk), Field.Store.NO));
        return document;
    }

    public static Document fields(DocumentState state) {
        var document = new Document();
        document.add(new StringField(OWNER, state.path(), Field.Store.NO));
        document.add(new StringField(STATE_OF, state.path(), Field.Store.NO));
        document.add(new StoredField(STATE, state.text()));
        return document;
    }

    public static List<Document> block(List<Embedded> passages, DocumentState state) {
        var block = new ArrayList<Document>();
        var vectors = passages.stream().flatMap(each -> each.vector().stream()).toList();
        var whole = DocumentVector.field(vectors);
        var metadata = MetadataTerms.of(state.path(), state.metadata());
        for (var passage : passages) {
            var fields = fields(passage);
            whole.ifPresent(fields::add);
            metadata.forEach(fields::add);
            block.add(fields);
        }
        block.add(fields(state));
        return block;
    }

    @Override
    public Map<String, DocumentState> states() throws IOException {
        var states = new HashMap<String, DocumentState>();
        for (var leaf : reader.leaves()) {
            var live = leaf.reader().getLiveDocs();
            var terms = leaf.reader().terms(STATE_OF);
            if (terms == null) {
                continue;
            }
            var stored = leaf.reader().storedFields();
            var each = terms.iterator();
            PostingsEnum postings = null;
            while (each.next() != null) {
                postings = each.postings(postings, PostingsEnum.NONE);
                for (int doc = postings.nextDoc();
                        doc != DocIdSetIterator.NO_MORE_DOCS;
                        doc = postings.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        var state = DocumentState.parsed(stored.document(doc).get(STATE));
                        states.put(state.path(), state);
                    }
                }
            }
        }
        return states;
    }

    @Override
    public Optional<DocumentState> state(String path) throws IOException {
        for (var leaf : reader.leaves()) {
            for (int doc : live(leaf, new Term(STATE_OF, path))) {
                var stored = leaf.reader().storedFields().document(doc);
                return Optional.of(DocumentState.parsed(stored.get(STATE)));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Embedded> of(String path) throws IOException {
        var found = new ArrayList<Embedded>();
        for (var leaf : reader.leaves()) {
            for (int doc : live(leaf, new Term(OWNER, path))) {
                var stored = leaf.reader().storedFields().document(doc);
                if (stored.get(STATE) == null) {
                    found.add(new Embedded(chunk(stored), vector(leaf, doc)));
                }
            }
        }
        return found;
    }

    /// The vector of an equal passage, where there is one.
    public Optional<float[]> vectorOf(String content) throws IOException {
        for (var leaf : reader.leaves()) {
            for (int doc : live(leaf, new Term(CONTENT, content))) {
                var vector = vector(leaf, doc);
                if (vector.isPresent()) {
                    return vector;
                }
            }
        }
        return Optional.empty();
    }

    private static List<Integer> live(LeafReaderContext leaf, Term term) throws IOException {
        var found = new ArrayList<Integer>();
        var postings = leaf.reader().postings(term, PostingsEnum.NONE);
        if (postings == null) {
            return found;
        }
        var live = leaf.reader().getLiveDocs();
        for (int doc = postings.nextDoc();
                doc != DocIdSetIterator.NO_MORE_DOCS;
                doc = postings.nextDoc()) {
            if (live == null || live.get(doc)) {
                found.add(doc);
            }
        }
        return found;
    }

    static Chunk chunk(Document stored) {
        return new Chunk(
                stored.get(IndexBuilder.ID),
                stored.get(IndexBuilder.DOCUMENT),
                stored.get(IndexBuilder.TITLE),
                stored.get(IndexBuilder.SECTION),
                stored.get(IndexBuilder.TEXT),
                AccessRules.parsed(stored.get(AccessRules.FIELD)),
                PageField.of(stored),
                language(stored));
    }

    /// Empty where the index compares all words alike.
    static Optional<Analysis> language(Document stored) {
        return Optional.ofNullable(stored.get(IndexBuilder.LANGUAGE)).map(Analysis::labelled);
    }

    private static Optional<float[]> vector(LeafReaderContext leaf, int doc) throws IOException {
        var values = leaf.reader().getFloatVectorValues(IndexBuilder.VECTOR);
        if (values == null) {
            return Optional.empty();
        }
        var iterator = values.iterator();
        return iterator.advance(doc) == doc
                ? Optional.of(values.vectorValue(iterator.index()).clone())
                : Optional.empty();
    }
}
