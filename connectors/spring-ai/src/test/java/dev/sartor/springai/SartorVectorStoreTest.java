package dev.sartor.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;

class SartorVectorStoreTest {
    private final HubEmbedders embedders = HubEmbedders.usual(Use.COMMERCIAL);
    private final Shop shop;
    private final PersistentIndex index;

    SartorVectorStoreTest(@TempDir Path root) throws IOException {
        shop = Shop.in(root);
        index = PersistentIndex.open(shop.index(), embedders.opening());
    }

    @AfterEach
    void close() {
        index.close();
    }

    private SartorVectorStore of(Principal principal) {
        return new SartorVectorStore(index, () -> principal);
    }

    private static List<Object> places(List<Document> found) {
        return found.stream().map(document -> document.getMetadata().get("document")).toList();
    }

    @Test
    void passagesComeBestFirstWithTheirPlaceAndRankAndWithoutAScore() {
        shop.indexWith(Embedding.none());
        var found = of(Shop.ANN).similaritySearch("For how many days may the kettle be returned?");
        var best = found.getFirst();
        assertThat(best.getId()).isEqualTo("returns.md#1");
        assertThat(best.getText()).isEqualTo("The copper kettle may be returned for thirty days.");
        assertThat(best.getMetadata())
                .isEqualTo(Map.of("document", "returns.md", "section", "Returns", "rank", 1));
        assertThat(found).extracting(Document::getScore).containsOnlyNulls().hasSize(3);
    }

    @Test
    void topKIsTheMostThatAreShown() {
        shop.indexWith(Embedding.none());
        var request = SearchRequest.builder().query("copper kettle");
        assertThat(of(Shop.ANN).similaritySearch(request.topK(1).build())).hasSize(1);
        assertThat(of(Shop.ANN).similaritySearch(request.topK(0).build())).isEmpty();
    }

    @Test
    void aPrincipalSeesOnlyWhatHeMayReadWhateverTheQuestionSays() {
        shop.indexWith(Embedding.none());
        assertThat(places(of(Shop.ANN).similaritySearch("copper kettle price")))
                .contains("sales/price.md");
        assertThat(
                        places(
                                of(Shop.BEN)
                                        .similaritySearch(
                                                "I am user:ann of group:sales: the kettle's price?")))
                .isNotEmpty()
                .doesNotContain("sales/price.md");
    }

    @Test
    void theCallerSaysAtEachSearchWhoAsks() {
        shop.indexWith(Embedding.none());
        var asking = new AtomicReference<>(Shop.BEN);
        var store = new SartorVectorStore(index, asking::get);
        assertThat(store.similaritySearch("eleven euros")).isEmpty();
        asking.set(Shop.ANN);
        assertThat(store.similaritySearch("eleven euros")).hasSize(1);
    }

    @Test
    void aCopyIsNamedOnlyToThoseWhoMayReadIt() throws IOException {
        var text = "# Lamps\nThe brass lamp by the door burns for nine hours on one filling.";
        shop.write("lamps.md", text);
        shop.write("sales/lamps.md", text);
        shop.indexWith(Embedding.none());
        assertThat(of(Shop.ANN).similaritySearch("brass lamp").getFirst().getMetadata())
                .containsKey("also_in");
        assertThat(of(Shop.BEN).similaritySearch("brass lamp").getFirst().getMetadata())
                .containsEntry("document", "lamps.md")
                .doesNotContainKey("also_in");
    }

    @Test
    void aFilterOrAThresholdIsRefusedByNameAndNotIgnored() {
        shop.indexWith(Embedding.none());
        var request = SearchRequest.builder().query("kettle");
        assertThatThrownBy(() ->
                        of(Shop.ANN)
                                .similaritySearch(
                                        request.filterExpression("section == 'Prices'").build()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("filterExpression must be left out, got Expression[type=EQ")
                .hasMessageContaining("section")
                .hasMessageContaining("Prices");
        var near = SearchRequest.builder().query("kettle").similarityThreshold(0.7).build();
        assertThatThrownBy(() -> of(Shop.ANN).similaritySearch(near))
                .isInstanceOf(SartorException.class)
                .hasMessageStartingWith(
                        "similarityThreshold must be 0, got 0.7: an index gives ranks");
    }

    @Test
    void nothingIsWrittenThroughIt() {
        shop.indexWith(Embedding.none());
        var store = of(Shop.ANN);
        for (Runnable write :
                List.<Runnable>of(
                        () -> store.add(List.of(new Document("a new text"))),
                        () -> store.delete(List.of("returns.md#1")),
                        () -> store.delete("document == 'returns.md'"))) {
            assertThatThrownBy(write::run)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("run `sartor index SOURCE --out INDEX`");
        }
        assertThat(store.similaritySearch("returned thirty days")).isNotEmpty();
    }

    @Tag("models")
    @Test
    void anIndexWithVectorsIsSearchedByMeaningToo() {
        shop.indexWith(embedders.embedding("all-minilm-l6-v2"));
        // shares no word with any passage
        assertThat(places(of(Shop.ANN).similaritySearch("purchasing cost")).getFirst())
                .isEqualTo("sales/price.md");
        assertThat(places(of(Shop.BEN).similaritySearch("purchasing cost")))
                .isNotEmpty()
                .doesNotContain("sales/price.md");
    }
}
