package dev.sartor.retrieve.search;

import dev.sartor.retrieve.text.Chunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.util.BytesRef;

/// What a document is about as a whole: the mean of its passages' vectors, of unit length. It stands beside each passage
/// of a document that has several, as 32-bit floats, little-endian.
public final class DocumentVector {
    static final String FIELD = "document_vector";

    private DocumentVector() {}

    /// @param passages the vectors of all passages of one document
    /// @return empty where there is one alone, which is the document, or where the mean has no direction
    public static Optional<float[]> of(List<float[]> passages) {
        if (passages.size() < 2) {
            return Optional.empty();
        }
        var sum = new double[passages.getFirst().length];
        for (var vector : passages) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double squares = 0;
        for (double x : sum) {
            squares += x * x;
        }
        if (squares == 0) {
            return Optional.empty();
        }
        var unit = new float[sum.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (sum[i] / Math.sqrt(squares));
        }
        return Optional.of(unit);
    }

    /// One for each passage of one document; none where there is no document's vector.
    static Optional<Field> field(List<float[]> passages) {
        return of(passages).map(vector -> new BinaryDocValuesField(FIELD, bytes(vector)));
    }

    private static BytesRef bytes(float[] vector) {
        var buffer =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return new BytesRef(buffer.array());
    }

    static float[] read(BytesRef bytes) {
        var floats =
                ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        var vector = new float[floats.remaining()];
        floats.get(vector);
        return vector;
    }

    /// Cuts what belongs to one after another into runs of the same document, in their order.
    static List<List<Chunk>> byDocument(List<Chunk> chunks) {
        var documents = new ArrayList<List<Chunk>>();
        int from = 0;
        for (int i = 1; i <= chunks.size(); i++) {
            if (i == chunks.size()
                    || !chunks.get(i).document().equals(chunks.get(from).document())) {
                documents.add(chunks.subList(from, i));
                from = i;
            }
        }
        return documents;
    }
}
