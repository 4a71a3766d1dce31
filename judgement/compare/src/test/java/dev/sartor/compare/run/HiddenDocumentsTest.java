package dev.sartor.compare.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HiddenDocumentsTest {
    private static Principal user(int number) {
        return new Principal(Set.of("user:c" + number));
    }

    @Test
    void manyAskersAreToldInOneLine() {
        var documents = new LinkedHashMap<Readers, Integer>();
        documents.put(Readers.everyone(), 2);
        var askers = new LinkedHashMap<Principal, Integer>();
        IntStream.range(0, 9)
                .forEach(i -> {
                    documents.put(Readers.anyOf(Set.of("user:c" + i)), i);
                    askers.put(user(i), 1);
                });
        var hidden = HiddenDocuments.of(documents, askers);
        assertThat(hidden.documents()).isEqualTo(38);
        assertThat(hidden.said("answer"))
                .containsExactly(
                        "answer: 9 askers: 28 to 36 of 38 documents hidden, in the median 32; the most from user:c0 and user:c1 and user:c2");
        assertThat(hidden.warnings("answer")).isEmpty();
    }

    @Test
    void rulesThatNameNoneOfTheAskersAreLookedAt() {
        var open =
                HiddenDocuments.of(
                        Map.of(Readers.everyone(), 3), Map.of(user(1), 1, Principal.local(), 2));
        assertThat(open.warnings("answer"))
                .singleElement()
                .asString()
                .startsWith("answer: rows name who asks, and no rule names any of them");
        var missed =
                HiddenDocuments.of(
                        Map.of(Readers.anyOf(Set.of("user:c1")), 3),
                        Map.of(user(1), 1, user(2), 1, user(3), 1));
        assertThat(missed.unknown()).isEqualTo(List.of("user:c2", "user:c3"));
        assertThat(missed.warnings("answer"))
                .singleElement()
                .asString()
                .contains("names user:c2 and user:c3, so that these are shown");
    }
}
