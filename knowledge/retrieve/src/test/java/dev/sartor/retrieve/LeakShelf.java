package dev.sartor.retrieve;

import dev.sartor.core.work.Progress;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.source.DocumentSource;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/// A shelf whose documents have fields besides: one that is called as the document alone, `p7`; `part`, which says `p7`,
/// and `number`, which says 7.
public record LeakShelf(DocumentSource shelf) implements DocumentSource {
    static final String PART = "part";
    static final String NUMBER = "number";

    static String marker(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".md".length());
    }

    static int number(String path) {
        return Integer.parseInt(marker(path).substring(1));
    }

    @Override
    public List<Listed> list() {
        return shelf.list().stream().map(LeakShelf::withFields).toList();
    }

    private static Listed withFields(Listed listed) {
        var marker = marker(listed.path());
        var fields = new TreeMap<>(listed.metadata().fields());
        fields.put(marker, List.of(marker));
        fields.put(PART, List.of(marker));
        fields.put(NUMBER, List.of(Integer.toString(number(listed.path()))));
        return new Listed(
                listed.path(),
                listed.stamp(),
                listed.changed(),
                listed.readers(),
                new Metadata(fields));
    }

    @Override
    public List<ParseReport.Unreadable> remarks() {
        return shelf.remarks();
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
