package dev.sartor.retrieve.search;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/// In which form the graph reads vectors while it looks for the nearest. The vectors themselves are kept in 32 bits beside
/// it, and decide among what the graph has found.
public enum VectorForm {
    /// As they are.
    FP32,
    /// A byte for each number.
    INT8,
    /// A bit for each number, four for each of the question's (Gao and Long 2024, RaBitQ, as Lucene varies it).
    BINARY;

    /// Lucene's own, of neighbours in the graph and of those looked at for each.
    private static final int NEIGHBOURS = 16;

    private static final int LOOKED_AT = 100;

    /// Of the vectors that an index is written with; readers find it by what the segments say.
    public Codec codec() {
        return switch (this) {
            case FP32 -> new Lucene104Codec();
            case INT8 -> rounding(ScalarEncoding.UNSIGNED_BYTE);
            case BINARY -> rounding(ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE);
        };
    }

    private static Codec rounding(ScalarEncoding encoding) {
        var format = new Lucene104HnswScalarQuantizedVectorsFormat(encoding, NEIGHBOURS, LOOKED_AT);
        return new Lucene104Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        };
    }
}
