package dev.sartor.retrieve.index;

import dev.sartor.retrieve.search.IndexBuilder;
import dev.sartor.retrieve.search.VectorForm;
import dev.sartor.retrieve.search.VectorSearch;
import dev.sartor.retrieve.search.VectorTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.FSDirectory;

/// Writes an index's vectors anew in each form and asks them the same questions.
///
/// @param aside an empty folder
record VectorTrials(IndexReader reader, Path aside) {
    private static final int K = 10;

    /// Of one segment, the files that hold the vectors in 32 bits.
    private static final String EXACT = ".vec";

    public VectorTrial of(VectorForm form, List<float[]> questions) throws IOException {
        try (var directory = FSDirectory.open(aside.resolve(form.name()))) {
            write(form, directory);
            try (var written = DirectoryReader.open(directory)) {
                long bytes = 0;
                long exact = 0;
                for (var file : directory.listAll()) {
                    bytes += directory.fileLength(file);
                    exact += file.endsWith(EXACT) ? directory.fileLength(file) : 0;
                }
                var asked = asked(new IndexSearcher(written), questions);
                return new VectorTrial(
                        form,
                        asked.recall(),
                        asked.milliseconds(),
                        bytes,
                        form == VectorForm.FP32 ? bytes : bytes - exact);
            }
        }
    }

    private void write(VectorForm form, FSDirectory directory) throws IOException {
        var config =
                new IndexWriterConfig()
                        .setCodec(form.codec())
                        .setUseCompoundFile(false)
                        .setMergeScheduler(new SerialMergeScheduler());
        config.getMergePolicy().setNoCFSRatio(0);
        try (var writer = new IndexWriter(directory, config)) {
            for (var leaf : reader.leaves()) {
                var values = leaf.reader().getFloatVectorValues(IndexBuilder.VECTOR);
                if (values == null) {
                    continue;
                }
                var live = leaf.reader().getLiveDocs();
                var each = values.iterator();
                for (int doc = each.nextDoc();
                        doc != DocIdSetIterator.NO_MORE_DOCS;
                        doc = each.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        var document = new Document();
                        document.add(
                                new KnnFloatVectorField(
                                        IndexBuilder.VECTOR,
                                        values.vectorValue(each.index()).clone(),
                                        VectorSimilarityFunction.DOT_PRODUCT));
                        writer.addDocument(document);
                    }
                }
            }
            writer.forceMerge(1);
        }
    }

    private record Asked(double recall, double milliseconds) {}

    private static Asked asked(IndexSearcher searcher, List<float[]> questions) throws IOException {
        var graph = new VectorSearch(searcher, 0);
        var exact = new VectorSearch(searcher, Integer.MAX_VALUE);
        int all = 0;
        int found = 0;
        var times = new double[questions.size()];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            var byGraph = new HashSet<>(graph.nearest(questions.get(i), Optional.empty(), K));
            times[i] = (System.nanoTime() - start) / 1e6;
            var nearest = exact.nearest(questions.get(i), Optional.empty(), K);
            all += nearest.size();
            found += (int) nearest.stream().filter(byGraph::contains).count();
        }
        Arrays.sort(times);
        return new Asked((double) found / all, times[times.length / 2]);
    }
}
