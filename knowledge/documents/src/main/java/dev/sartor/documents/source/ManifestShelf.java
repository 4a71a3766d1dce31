package dev.sartor.documents.source;

import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.access.AccessManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A shelf, and the manifest that its documents' readers are from: it tells of the manifest's rules that are about none of
/// them.
final class ManifestShelf implements DocumentSource {
    private final DocumentSource shelf;
    private final AccessManifest manifest;
    private List<String> unused = List.of();

    ManifestShelf(DocumentSource shelf, AccessManifest manifest) {
        this.shelf = shelf;
        this.manifest = manifest;
    }

    @Override
    public void recall(Map<String, Known> known) {
        shelf.recall(known);
    }

    @Override
    public List<Listed> list() {
        var all = shelf.list();
        var paths = all.stream().map(Listed::path).toList();
        var example =
                paths.isEmpty() ? "there is none" : "documents are named as " + paths.getFirst();
        unused =
                manifest.unused(paths).stream()
                        .map(rule -> rule.place() + " is about no document: " + example + ".")
                        .toList();
        return all;
    }

    @Override
    public List<ParseReport.Unreadable> remarks() {
        return shelf.remarks();
    }

    @Override
    public List<String> unusedRules() {
        var all = new ArrayList<>(unused);
        all.addAll(shelf.unusedRules());
        return all;
    }

    @Override
    public String sha256(Listed listed) throws IOException {
        return shelf.sha256(listed);
    }

    @Override
    public List<Reading> read(List<Listed> some, Progress.Step step) {
        return shelf.read(some, step);
    }

    @Override
    public void close() {
        shelf.close();
    }
}
