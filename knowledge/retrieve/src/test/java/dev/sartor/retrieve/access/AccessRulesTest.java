package dev.sartor.retrieve.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));
    private static final Principal BEN = new Principal(Set.of("user:ben"));
    private static final Readers OF_ANN = Readers.anyOf(List.of("user:ann"));
    private static final Readers OF_BOTH = Readers.anyOf(List.of("user:ben", "user:ann"));

    @Test
    void aRuleIsStoredInAlphabeticalOrder() {
        assertThat(AccessRules.text(OF_BOTH)).isEqualTo("[[\"user:ann\",\"user:ben\"]]");
        assertThat(AccessRules.text(Readers.everyone())).isEqualTo("[]");
        assertThat(AccessRules.text(Readers.nobody())).isEqualTo("[[]]");
    }

    @Test
    void whatIsStoredIsReadBackAsItWas() {
        var rule = OF_BOTH.and(Readers.noneOf(List.of("user:eve", "group:guests")));
        for (var each : List.of(rule, Readers.everyone(), Readers.nobody())) {
            assertThat(AccessRules.parsed(AccessRules.text(each))).isEqualTo(each);
        }
    }

    @Test
    void aRuleThatNoIndexCanHoldIsRefused() {
        var many = Readers.anyOf(IntStream.range(0, 3_000).mapToObj(i -> "user:" + i).toList());
        assertThatThrownBy(() -> AccessRules.text(many))
                .hasMessageContaining("an access rule must be at most 32000 bytes long")
                .hasMessageContaining("name groups in place of many users")
                .hasMessageContaining("…");
    }

    @Test
    void aRuleMayBeAsLongAsTheLimitAndNoLonger() {
        var longest = "user:" + "a".repeat(32_000 - "[[\"user:\"]]".length());
        assertThatCode(() -> AccessRules.text(Readers.anyOf(List.of(longest))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> AccessRules.text(Readers.anyOf(List.of(longest + "a"))))
                .hasMessageContaining("at most 32000 bytes");
    }

    @Test
    void aRuleIsFoundByItsText() {
        var rules = AccessRules.of(List.of(OF_ANN, OF_BOTH, OF_ANN));
        assertThat(rules.rules()).hasSize(2);
        assertThat(rules.rule(AccessRules.text(OF_ANN))).isEqualTo(OF_ANN);
        assertThatThrownBy(() -> rules.rule("[]")).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whoeverMayReadEverythingIsNotFiltered() {
        var rules = AccessRules.of(List.of(OF_ANN, OF_BOTH));
        assertThat(rules.filter(ANN)).isEmpty();
        assertThat(AccessRules.of(List.of()).filter(BEN)).isEmpty();
    }

    @Test
    void whomNoRuleAdmitsFindsNothing() {
        assertThat(AccessRules.of(List.of(OF_ANN, Readers.nobody())).filter(BEN).orElseThrow())
                .isInstanceOf(MatchNoDocsQuery.class);
    }

    @Test
    void aFilterPassesThePassagesWhoseRulesAdmit() throws IOException {
        try (var directory = new ByteBuffersDirectory()) {
            try (var writer =
                    new IndexWriter(directory, new IndexWriterConfig(new KeywordAnalyzer()))) {
                for (var readers : List.of(OF_ANN, OF_BOTH, OF_BOTH, Readers.nobody())) {
                    var passage = new Document();
                    passage.add(
                            new StringField(
                                    AccessRules.FIELD, AccessRules.text(readers), Field.Store.NO));
                    writer.addDocument(passage);
                    writer.commit(); // a segment of its own
                }
                writer.addDocument(new Document()); // a segment without rules
            }
            try (var reader = DirectoryReader.open(directory)) {
                var rules = AccessRules.in(reader);
                assertThat(rules)
                        .isEqualTo(AccessRules.of(List.of(OF_ANN, OF_BOTH, Readers.nobody())));
                var searcher = new IndexSearcher(reader);
                assertThat(searcher.count(rules.filter(ANN).orElseThrow())).isEqualTo(3);
                assertThat(searcher.count(rules.filter(BEN).orElseThrow())).isEqualTo(2);
            }
        }
    }
}
