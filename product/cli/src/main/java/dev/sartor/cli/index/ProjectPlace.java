package dev.sartor.cli.index;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.approach.Library;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.evaluate.retrieval.Qrels;
import dev.sartor.evaluate.retrieval.TrecRun;
import dev.sartor.project.Project;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.WeightTrial;
import dev.sartor.training.LocalEngines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// The documents of a project, which are everyone's.
record ProjectPlace(Composition composition, ProjectOption project) implements SearchPlace {
    @Override
    public Found search(List<String> questions, How how) {
        var findings =
                inLibrary((library, engines) -> {
                    var usual = library.index().usual(how.mode().orElse(SearchMode.HYBRID));
                    return how
                            .with(
                                    how.joined() ? usual.joiningNeighbours() : usual,
                                    engines,
                                    settings ->
                                            library.index()
                                                    .searchAll(
                                                            inquiries(questions),
                                                            how.k(),
                                                            settings))
                            .stream()
                            .map(found ->
                                    found.stream()
                                            .map(each -> new Finding(each, List.of()))
                                            .toList())
                            .toList();
                });
        return new Found(findings, project.read().retrieval().language());
    }

    /// @param questions how many were asked
    record Weights(int questions, List<WeightTrial> trials) {}

    /// How well each weight of words finds what answers the questions.
    ///
    /// @param questions by their ids
    Weights weights(Map<String, String> questions, Qrels judged) {
        var texts = new ArrayList<String>();
        var relevant = new ArrayList<Set<String>>();
        questions.forEach((id, text) -> {
            var documents =
                    judged.relevant(TrecRun.field(id)).stream()
                            .map(TrecRun::id)
                            .collect(Collectors.toSet());
            if (!documents.isEmpty()) {
                texts.add(text);
                relevant.add(documents);
            }
        });
        if (texts.isEmpty()) {
            throw SartorException.user(
                    "--qrels names no relevant document for any of the questions in --queries: the"
                            + " ids of the questions must be the same in both");
        }
        return new Weights(
                texts.size(),
                inLibrary((library, _) -> library.index().weights(inquiries(texts), relevant)));
    }

    private static List<PassageIndex.Query> inquiries(List<String> texts) {
        return texts.stream().map(text -> new PassageIndex.Query(text, Principal.local())).toList();
    }

    private <T> T inLibrary(BiFunction<Library, LocalEngines, T> work) {
        var read = project.read();
        var documents =
                read.documents()
                        .orElseThrow(() ->
                                SartorException.user(
                                        Project.FILE
                                                + " names no documents: add `documents: FOLDER` to search one"));
        if (PersistentIndex.isAt(documents)) {
            throw SartorException.user(
                    "the project's documents are an index: search it with `sartor search "
                            + CommandLineText.quoted(documents.toString())
                            + " QUERY`, where --as and --groups say who asks.");
        }
        try (var engines =
                        new LocalEngines(
                                composition.hub(read.use()),
                                composition.console(),
                                read.weights(),
                                composition.weights());
                var embedder = engines.embedder(read.embedder());
                var library =
                        Library.open(
                                documents,
                                project.absolute(),
                                read.retrieval(),
                                embedder,
                                composition.console())) {
            return work.apply(library, engines);
        }
    }
}
