package dev.sartor.retrieve.index;

import dev.sartor.retrieve.search.IndexBuilder;
import dev.sartor.retrieve.search.SearchablePassages;
import dev.sartor.retrieve.search.StoredDocuments;
import dev.sartor.retrieve.search.StoredPassages;
import java.io.IOException;

/// The commits of an index in a folder.
record FolderCommits(Snapshots snapshots) implements IndexCommits {
    @Override
    public <T> T with(Use<T> use) {
        return snapshots.with(snapshot -> use.of(commit(snapshot)));
    }

    @Override
    public <T> T measured(Use<T> use) {
        return snapshots.withFiles(snapshot -> use.of(commit(snapshot)));
    }

    @Override
    public void close() {
        snapshots.close();
    }

    static Commit commit(Snapshots.Snapshot snapshot) {
        return new Commit(new Held(snapshot), snapshot.index().questions());
    }

    record Held(Snapshots.Snapshot snapshot) implements HeldCommit {
        @Override
        public int generation() {
            return snapshot.generation();
        }

        @Override
        public IndexedWith with() {
            return snapshot.with();
        }

        @Override
        public int passages() {
            return snapshot.index().passages();
        }

        @Override
        public int dimension() {
            int dimension = 0;
            for (var leaf : snapshot.reader().leaves()) {
                var field = leaf.reader().getFieldInfos().fieldInfo(IndexBuilder.VECTOR);
                dimension = field == null ? dimension : field.getVectorDimension();
            }
            return dimension;
        }

        @Override
        public long bytes() throws IOException {
            long bytes = 0;
            for (var file : snapshot.reader().getIndexCommit().getFileNames()) {
                bytes += snapshot.reader().directory().fileLength(file);
            }
            return bytes;
        }

        @Override
        public StoredDocuments stored() {
            return new StoredPassages(snapshot.reader());
        }

        @Override
        public SearchablePassages searchable() {
            return snapshot.index().questions().search().held();
        }
    }
}
