package dev.sartor.sources;

import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where documents are listed and fetched from, over a network mostly. Not thread-safe.
interface Store extends AutoCloseable {
    /// What is there, a document or a file of rules.
    ///
    /// @param path unique within the store, with `/` between folders
    /// @param stamp changes whenever the content does, or nearly
    /// @param identity another one for each content; empty where only the content tells
    /// @param changed when it last changed, as far as it matters: see {@link dev.sartor.documents.source.DocumentSource.Listed}
    /// @param access what the store itself says of who may read it
    record Entry(
            String path,
            String stamp,
            Optional<String> identity,
            Instant changed,
            AccessRule access,
            Metadata metadata) {
        /// Of a file, of which nothing is said of who may read it.
        static Entry of(String path, String stamp, Optional<String> identity) {
            return new Entry(
                    path,
                    stamp,
                    identity,
                    Instant.EPOCH,
                    AccessRule.silent(),
                    Metadata.ofFile(path));
        }
    }

    /// All that is there now.
    ///
    /// @param remarks what is there and can be no document
    record Listing(List<Entry> entries, List<ParseReport.Unreadable> remarks) {}

    /// What was fetched.
    ///
    /// @param ending says how the file is read, such as `html`
    /// @param title empty where the file has its own
    record Content(String ending, Optional<String> title) {
        /// By the ending of its path.
        static Content of(String path) {
            return new Content(Names.ending(path), Optional.empty());
        }
    }

    /// This one document cannot be had, and others can.
    final class Unfetchable extends IOException {
        private static final long serialVersionUID = 1L;

        Unfetchable(String reason) {
            super(reason);
        }

        Unfetchable(String reason, Throwable cause) {
            super(reason, cause);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// Whether paths are of folders and files, among which files of rules may be.
    boolean isTree();

    /// @param stamps of what the index holds, by the paths
    /// @throws dev.sartor.core.SartorException where not all can be listed
    Listing list(Map<String, String> stamps);

    /// @param file is made
    /// @throws dev.sartor.core.SartorException where the store does not answer
    Content fetch(Entry entry, Path file) throws IOException;

    @Override
    void close();
}
