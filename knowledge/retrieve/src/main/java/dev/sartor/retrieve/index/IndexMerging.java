package dev.sartor.retrieve.index;

import dev.sartor.core.file.Failpoints;
import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/// Segments are merged while the writing goes on. A merge that fails is told once, by the writer's next use.
final class IndexMerging {
    private IndexMerging() {}

    static MergeScheduler scheduler() {
        return new ConcurrentMergeScheduler() {
            @Override
            protected void handleMergeException(Throwable failure) {}
        };
    }

    /// The directory, with the place where a test has the disk be full in a merge.
    static Directory watched(Directory directory) {
        return new FilterDirectory(directory) {
            @Override
            public IndexOutput createOutput(String name, IOContext context) throws IOException {
                if (context.mergeInfo() != null) {
                    Failpoints.reach("index.merge");
                }
                return super.createOutput(name, context);
            }
        };
    }
}
