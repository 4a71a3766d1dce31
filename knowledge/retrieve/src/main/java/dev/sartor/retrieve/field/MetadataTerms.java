package dev.sartor.retrieve.field;

import dev.sartor.documents.Metadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/// How a document's metadata lies in Lucene: on each of its passages a term for each value, made of the field's name, how
/// the value is compared, and the value, so that any number of fields need one of Lucene's; and a term for each name.
public final class MetadataTerms {
    /// The document's path is a field of all passages.
    public static final String PATH = "path";

    private static final String FIELD = "metadata";
    private static final String NAMES = "metadata_names";

    /// How a value is compared.
    private static final char AS_TEXT = '=';

    private static final char AS_NUMBER = 'n';
    private static final char AS_TIME = 't';

    private MetadataTerms() {}

    /// What each passage of a document carries.
    public static List<Field> of(String path, Metadata metadata) {
        var fields = new ArrayList<Field>();
        fields.add(new StringField(NAMES, PATH, Field.Store.NO));
        fields.add(new StringField(FIELD, text(PATH, path), Field.Store.NO));
        metadata.fields()
                .forEach((name, values) -> {
                    if (!name.equals(PATH)) {
                        fields.add(new StringField(NAMES, name, Field.Store.NO));
                        values.forEach(value -> add(fields, name, value));
                    }
                });
        return fields;
    }

    private static void add(List<Field> fields, String name, String value) {
        var quantity = Quantity.of(value);
        fields.add(new StringField(FIELD, text(name, value), Field.Store.NO));
        quantity.number()
                .ifPresent(number ->
                        fields.add(new StringField(FIELD, number(name, number), Field.Store.NO)));
        quantity.time()
                .ifPresent(time ->
                        fields.add(
                                new StringField(FIELD, time(name, time.from()), Field.Store.NO)));
    }

    /// All passages, and nothing else that lies in the index.
    public static Query passages() {
        return having(PATH);
    }

    /// Passages of documents that have the field.
    public static Query having(String name) {
        return new TermQuery(new Term(NAMES, name));
    }

    public static Query equal(String name, String value) {
        return new TermQuery(new Term(FIELD, text(name, value)));
    }

    public static Query numbers(String name, double from, double to) {
        return range(number(name, from), number(name, to));
    }

    /// @param until the last that is in it
    public static Query times(String name, long from, long until) {
        return range(time(name, from), time(name, until));
    }

    private static Query range(BytesRef from, BytesRef to) {
        return new TermRangeQuery(FIELD, from, to, true, true);
    }

    /// Passages of documents whose paths fit.
    ///
    /// @param beginning of all paths that fit
    public static Query paths(IndexReader reader, String beginning, Predicate<String> fits)
            throws IOException {
        var from = text(PATH, beginning);
        int before = text(PATH, "").length;
        var terms = new ArrayList<BytesRef>();
        for (var leaf : reader.leaves()) {
            var all = leaf.reader().terms(FIELD);
            if (all == null) {
                continue;
            }
            var each = all.iterator();
            each.seekCeil(from);
            for (var term = each.term();
                    term != null && startsWith(term, from);
                    term = each.next()) {
                var path =
                        new String(
                                term.bytes,
                                term.offset + before,
                                term.length - before,
                                StandardCharsets.UTF_8);
                if (fits.test(path)) {
                    terms.add(BytesRef.deepCopyOf(term));
                }
            }
        }
        return new TermInSetQuery(FIELD, terms);
    }

    private static boolean startsWith(BytesRef term, BytesRef beginning) {
        return term.length >= beginning.length
                && new BytesRef(term.bytes, term.offset, beginning.length).bytesEquals(beginning);
    }

    /// The names of all fields in the index, in alphabetical order.
    public static Set<String> names(IndexReader reader) throws IOException {
        var names = new TreeSet<String>();
        for (var leaf : reader.leaves()) {
            var terms = leaf.reader().terms(NAMES);
            if (terms != null) {
                var each = terms.iterator();
                for (var term = each.next(); term != null; term = each.next()) {
                    names.add(term.utf8ToString());
                }
            }
        }
        return names;
    }

    private static BytesRef text(String name, String value) {
        return term(name, AS_TEXT, value.getBytes(StandardCharsets.UTF_8));
    }

    private static BytesRef number(String name, double value) {
        return term(name, AS_NUMBER, sortable(NumericUtils.doubleToSortableLong(value)));
    }

    private static BytesRef time(String name, long millis) {
        return term(name, AS_TIME, sortable(millis));
    }

    private static byte[] sortable(long value) {
        var bytes = new byte[Long.BYTES];
        NumericUtils.longToSortableBytes(value, bytes, 0);
        return bytes;
    }

    private static BytesRef term(String name, char compared, byte[] value) {
        var before = (name + '\0' + compared).getBytes(StandardCharsets.UTF_8);
        return new BytesRef(
                ByteBuffer.allocate(before.length + value.length).put(before).put(value).array());
    }
}
