package dev.sartor.retrieve.search;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.ReaderUtil;
import org.jspecify.annotations.Nullable;

/// The vectors of an index's passages, read one after the other: in ascending order each segment is opened once. For one
/// thread.
final class StoredVectors {
    private final IndexReader reader;
    private int leaf = -1;
    private int last = -1;
    private @Nullable FloatVectorValues values;
    private KnnVectorValues.@Nullable DocIndexIterator iterator;
    private @Nullable BinaryDocValues wholes;

    StoredVectors(IndexReader reader) {
        this.reader = reader;
    }

    /// @return a passage's vector, which the next call may overwrite
    float[] of(int passage) throws IOException {
        int within = open(passage);
        if (values == null || iterator == null || iterator.advance(within) != within) {
            throw new IOException("passage " + passage + " has no vector");
        }
        return values.vectorValue(iterator.index());
    }

    /// The vector of the last passage's document as a whole, where one is kept.
    Optional<float[]> ofItsDocument() throws IOException {
        return wholes != null && wholes.advanceExact(last - reader.leaves().get(leaf).docBase)
                ? Optional.of(DocumentVector.read(wholes.binaryValue()))
                : Optional.empty();
    }

    private int open(int passage) throws IOException {
        int at = ReaderUtil.subIndex(passage, reader.leaves());
        var here = reader.leaves().get(at);
        if (at != leaf || passage <= last) {
            values = here.reader().getFloatVectorValues(IndexBuilder.VECTOR);
            iterator = values == null ? null : values.iterator();
            wholes = here.reader().getBinaryDocValues(DocumentVector.FIELD);
            leaf = at;
        }
        last = passage;
        return passage - here.docBase;
    }
}
