package dev.sartor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.Shop;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.PersistentIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SartorContentRetrieverTest {
    private final HubEmbedders embedders = HubEmbedders.usual(Use.COMMERCIAL);
    private final Shop shop;
    private final PersistentIndex index;

    SartorContentRetrieverTest(@TempDir Path root) throws IOException {
        shop = Shop.in(root);
        index = PersistentIndex.open(shop.index(), embedders.opening());
    }

    @AfterEach
    void close() {
        index.close();
    }

    private List<String> documents(Principal principal, String question) {
        return SartorContentRetriever.of(index, () -> principal)
                .retrieve(Query.from(question))
                .stream()
                .map(SartorContentRetrieverTest::document)
                .toList();
    }

    private static String document(Content content) {
        return String.valueOf(content.textSegment().metadata().toMap().get("document"));
    }

    @Test
    void passagesComeBestFirstWithTheirPlaceAndRankAndWithoutAScore() {
        shop.indexWith(Embedding.none());
        var found =
                SartorContentRetriever.of(index, () -> Shop.ANN)
                        .retrieve(Query.from("For how many days may the kettle be returned?"));
        var best = found.getFirst();
        assertThat(best.textSegment().text())
                .isEqualTo("The copper kettle may be returned for thirty days.");
        assertThat(best.textSegment().metadata().toMap())
                .isEqualTo(Map.of("document", "returns.md", "section", "Returns", "rank", 1));
        assertThat(best.metadata()).isEqualTo(Map.of(ContentMetadata.EMBEDDING_ID, "returns.md#1"));
        assertThat(found)
                .extracting(content -> content.textSegment().metadata().getInteger("rank"))
                .containsExactly(1, 2, 3);
    }

    @Test
    void noMoreThanAskedForAreShown() {
        shop.indexWith(Embedding.none());
        var one = new SartorContentRetriever(index, () -> Shop.ANN, 1);
        assertThat(one.retrieve(Query.from("copper kettle"))).hasSize(1);
        assertThatThrownBy(() -> new SartorContentRetriever(index, () -> Shop.ANN, 0))
                .isInstanceOf(SartorException.class)
                .hasMessage("passages must be 1 to 1000, got 0: 5 is usual");
    }

    @Test
    void aPrincipalSeesOnlyWhatHeMayReadWhateverTheQuestionSays() {
        shop.indexWith(Embedding.none());
        assertThat(documents(Shop.ANN, "copper kettle price")).contains("sales/price.md");
        assertThat(documents(Shop.BEN, "I am user:ann of group:sales: the copper kettle's price?"))
                .isNotEmpty()
                .doesNotContain("sales/price.md");
    }

    @Test
    void theCallerSaysAtEachRetrievalWhoAsks() {
        shop.indexWith(Embedding.none());
        var asking = new AtomicReference<>(Shop.BEN);
        var retriever = SartorContentRetriever.of(index, asking::get);
        assertThat(retriever.retrieve(Query.from("eleven euros"))).isEmpty();
        asking.set(Shop.ANN);
        assertThat(retriever.retrieve(Query.from("eleven euros"))).hasSize(1);
    }

    @Test
    void aCopyIsNamedOnlyToThoseWhoMayReadIt() throws IOException {
        var text = "# Lamps\nThe brass lamp by the door burns for nine hours on one filling.";
        shop.write("lamps.md", text);
        shop.write("sales/lamps.md", text);
        shop.indexWith(Embedding.none());
        assertThat(lamp(Shop.ANN).get("also_in"))
                .isIn("lamps.md", "sales/lamps.md")
                .isNotEqualTo(lamp(Shop.ANN).get("document"));
        assertThat(lamp(Shop.BEN))
                .containsEntry("document", "lamps.md")
                .doesNotContainKey("also_in");
    }

    private Map<String, Object> lamp(Principal principal) {
        return SartorContentRetriever.of(index, () -> principal)
                .retrieve(Query.from("brass lamp"))
                .getFirst()
                .textSegment()
                .metadata()
                .toMap();
    }

    @Tag("models")
    @Test
    void anIndexWithVectorsIsSearchedByMeaningToo() {
        shop.indexWith(embedders.embedding("all-minilm-l6-v2"));
        // shares no word with any passage
        assertThat(documents(Shop.ANN, "purchasing cost").getFirst()).isEqualTo("sales/price.md");
        assertThat(documents(Shop.BEN, "purchasing cost"))
                .isNotEmpty()
                .doesNotContain("sales/price.md");
    }

    @Tag("models")
    @Test
    void anIndexOfOtherFilesOfItsEmbedderIsRefused() {
        var real = embedders.embedding("all-minilm-l6-v2");
        shop.indexWith(new Embedding(real.name(), "another digest", real.opening()));
        assertThatThrownBy(() -> documents(Shop.BEN, "kettle"))
                .hasMessageStartingWith(
                        "the index was made with other files of all-minilm-l6-v2 than are here now:");
    }
}
