package dev.sartor.langchain4j;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.PassageIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A standing index as LangChain4j retrieves from it: what the principal may read, best first, by words and meaning. The
/// segments' metadata are `document`, `section`, `rank` (from 1), of PDF files `page` and `last_page` and, where copies were passed over, `also_in` (a document
/// per line). No score is given, as scores tell of passages that the asker may not read. Safe for concurrent callers.
///
/// @param index the caller closes it
/// @param principal who asks, from the application's authenticated side; asked at each retrieval, on the thread that
///     retrieves, which LangChain4j may take from a pool
/// @param passages how many at most, 1 to 1000
public record SartorContentRetriever(
        PersistentIndex index, Supplier<Principal> principal, int passages)
        implements ContentRetriever {
    /// As many as `sartor search` shows.
    private static final int USUAL_PASSAGES = 5;

    public SartorContentRetriever {
        Problems.refuseUnless(
                passages >= 1 && passages <= PassageIndex.MOST_PASSAGES,
                "passages",
                "1 to " + PassageIndex.MOST_PASSAGES,
                passages,
                "5 is usual");
    }

    /// The five best passages.
    public static SartorContentRetriever of(PersistentIndex index, Supplier<Principal> principal) {
        return new SartorContentRetriever(index, principal, USUAL_PASSAGES);
    }

    @Override
    public List<Content> retrieve(Query query) {
        var contents = new ArrayList<Content>();
        for (var finding : index.search(query.text(), passages, principal.get())) {
            contents.add(content(contents.size() + 1, finding));
        }
        return contents;
    }

    private static Content content(int rank, Finding finding) {
        var passage = finding.passage();
        var metadata =
                new Metadata()
                        .put("document", passage.document())
                        .put("section", passage.section())
                        .put("rank", rank);
        if (passage.pages().isKnown()) {
            metadata.put("page", passage.pages().first());
            metadata.put("last_page", passage.pages().last());
        }
        if (!finding.alsoIn().isEmpty()) {
            metadata.put("also_in", String.join("\n", finding.alsoIn()));
        }
        return Content.from(
                TextSegment.from(passage.text(), metadata),
                Map.of(ContentMetadata.EMBEDDING_ID, passage.id()));
    }
}
