package dev.sartor.retrieve.ground;

import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.DocumentCollection;
import dev.sartor.retrieve.text.InjectionScore;
import java.util.ArrayList;
import java.util.List;

/// All documents of a source as they stand before a question where nothing is searched: in their order, each section a
/// passage with its headings, whole and once, without what nobody sees.
public record WholeDocuments(List<Passage> passages) {
    public WholeDocuments {
        passages = List.copyOf(passages);
    }

    /// @param progress hears of what could not be read
    public static WholeDocuments read(DocumentCollection source, Progress progress) {
        var documents = source.read(progress);
        if (documents.report().hasNotes()) {
            documents.report().lines().forEach(progress::say);
        }
        var passages = new ArrayList<Passage>();
        documents.all().forEach(document -> add(document, passages));
        return new WholeDocuments(passages);
    }

    private static void add(Document document, List<Passage> passages) {
        int number = 0;
        for (var section : document.sections()) {
            var text = String.join("\n\n", section.blocks()).strip();
            if (!text.isEmpty()) {
                number++;
                passages.add(
                        new Passage(
                                document.path() + "#" + number,
                                document.path(),
                                section.path(),
                                text,
                                1,
                                document.readers(),
                                section.pages().stream().reduce(Pages.none(), Pages::and)));
            }
        }
    }

    /// Without passages that look like an instruction to the model, see {@link InjectionScore}.
    public WholeDocuments withoutInjections() {
        return new WholeDocuments(
                passages.stream()
                        .filter(each -> !InjectionScore.usual().flags(each.text()))
                        .toList());
    }
}
