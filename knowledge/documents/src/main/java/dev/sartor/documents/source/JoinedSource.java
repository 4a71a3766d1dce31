package dev.sartor.documents.source;

import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.ParseReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Several shelves as one: the paths of each begin with its name.
final class JoinedSource implements DocumentSource {
    private final Map<String, DocumentSource> shelves;

    JoinedSource(Map<String, DocumentSource> shelves) {
        this.shelves = new TreeMap<>(shelves);
    }

    @Override
    public void recall(Map<String, Known> known) {
        var byName = new HashMap<String, Map<String, Known>>();
        known.forEach((path, each) -> {
            int end = path.indexOf('/');
            if (end > 0) {
                byName.computeIfAbsent(path.substring(0, end), _ -> new HashMap<>())
                        .put(path.substring(end + 1), each);
            }
        });
        shelves.forEach((name, shelf) -> shelf.recall(byName.getOrDefault(name, Map.of())));
    }

    @Override
    public List<Listed> list() {
        var all = new ArrayList<Listed>();
        shelves.forEach((name, shelf) -> {
            for (var listed : shelf.list()) {
                all.add(renamed(listed, name + "/" + listed.path()));
            }
        });
        return all;
    }

    @Override
    public List<ParseReport.Unreadable> remarks() {
        var all = new ArrayList<ParseReport.Unreadable>();
        shelves.forEach((name, shelf) -> {
            for (var remark : shelf.remarks()) {
                all.add(new ParseReport.Unreadable(name + "/" + remark.path(), remark.reason()));
            }
        });
        return all;
    }

    @Override
    public List<String> unusedRules() {
        return shelves.values().stream().flatMap(shelf -> shelf.unusedRules().stream()).toList();
    }

    private static Listed renamed(Listed listed, String path) {
        return new Listed(
                path, listed.stamp(), listed.changed(), listed.readers(), listed.metadata());
    }

    private static String name(Listed listed) {
        return listed.path().substring(0, listed.path().indexOf('/'));
    }

    private static Listed own(Listed listed) {
        return renamed(listed, listed.path().substring(listed.path().indexOf('/') + 1));
    }

    private DocumentSource of(String name) {
        return Objects.requireNonNull(shelves.get(name), name);
    }

    @Override
    public String sha256(Listed listed) throws IOException {
        return of(name(listed)).sha256(own(listed));
    }

    @Override
    public List<Reading> read(List<Listed> some, Progress.Step step) {
        var byName = new HashMap<String, List<Listed>>();
        some.forEach(each -> byName.computeIfAbsent(name(each), _ -> new ArrayList<>()).add(each));
        var readings = new HashMap<String, Reading>();
        byName.forEach((name, part) -> {
            var read = of(name).read(part.stream().map(JoinedSource::own).toList(), step);
            for (int i = 0; i < part.size(); i++) {
                readings.put(part.get(i).path(), renamed(read.get(i), part.get(i)));
            }
        });
        return some.stream()
                .map(each -> Objects.requireNonNull(readings.get(each.path())))
                .toList();
    }

    private static Reading renamed(Reading reading, Listed listed) {
        return new Reading(
                listed,
                reading.document()
                        .map(read ->
                                new Document(
                                        listed.path(),
                                        read.title(),
                                        read.sections(),
                                        listed.readers())),
                reading.failure());
    }

    @Override
    public void close() {
        shelves.values().forEach(DocumentSource::close);
    }
}
