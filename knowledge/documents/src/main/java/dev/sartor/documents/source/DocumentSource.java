package dev.sartor.documents.source;

import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseReport;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a standing index's documents come from: they come, change, move and go. Not thread-safe.
public interface DocumentSource extends AutoCloseable {
    /// A document that is there.
    ///
    /// @param path unique within the index, with `/` between folders
    /// @param stamp changes whenever the content does, or nearly: cheap to get
    /// @param changed when the content last changed; a stamp taken soon after does not tell a later change
    /// @param readers who may read it
    /// @param metadata what is known of it besides its text; where it changes, the stamp does
    record Listed(String path, String stamp, Instant changed, Readers readers, Metadata metadata) {
        /// Of which nothing else is known.
        public Listed(String path, String stamp, Instant changed, Readers readers) {
            this(path, stamp, changed, readers, Metadata.none());
        }
    }

    /// What reading a document gave: the document, or why not.
    record Reading(Listed listed, Optional<Document> document, String failure) {
        static Reading of(Listed listed, Document document) {
            return new Reading(listed, Optional.of(document), "");
        }

        static Reading failed(Listed listed, String failure) {
            return new Reading(listed, Optional.empty(), failure);
        }
    }

    /// What the index knows of a document.
    ///
    /// @param failure why it could not be read; empty where it was
    record Known(String stamp, String failure) {}

    /// What the index holds, by the paths, told before a listing: a source that asks whether something has changed since
    /// asks with the stamp from then.
    default void recall(Map<String, Known> known) {}

    /// All that is there now, in the order of the paths.
    List<Listed> list();

    /// What was wrong at the last listing, besides documents: access rules that could not be understood.
    default List<ParseReport.Unreadable> remarks() {
        return List.of();
    }

    /// Access rules that were about no document of the last listing, each with its file and line, in a sentence.
    default List<String> unusedRules() {
        return List.of();
    }

    /// SHA-256 of the content.
    ///
    /// @throws IOException where it cannot be read
    String sha256(Listed listed) throws IOException;

    /// Reads some of what was listed last, in their order.
    ///
    /// @param step advances by one for each
    List<Reading> read(List<Listed> some, Progress.Step step);

    @Override
    void close();
}
