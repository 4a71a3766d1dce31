package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.Documents;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.access.AccessRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {
    private static final List<String> NAMES =
            List.of("user:ann", "user:ben", "group:sales", "group:legal", "tenant:acme");
    private static final List<String> WORDS =
            List.of("kettle", "parcel", "refund", "invoice", "lamp", "chair", "desk", "mug");
    private static final long SEED = 20260101;

    @TempDir private Path cache;

    private static Readers randomReaders(Random random) {
        var readers = Readers.everyone();
        for (int clause = random.nextInt(3); clause > 0; clause--) {
            var names = new ArrayList<String>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                names.add(NAMES.get(random.nextInt(NAMES.size())));
            }
            readers = readers.and(Readers.anyOf(names));
        }
        return readers;
    }

    private static String randomText(Random random) {
        return random.ints(12, 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    private static List<Document> documents(Random random, int count) {
        var documents = new ArrayList<Document>();
        for (int i = 0; i < count; i++) {
            documents.add(Document.of("d" + i, "d" + i, randomText(random), randomReaders(random)));
        }
        return documents;
    }

    @ParameterizedTest
    @EnumSource
    void nobodyEverSeesWhatHeMayNotReadAndEverybodySeesAllThatHeMay(SearchMode mode) {
        var random = new Random(SEED);
        var documents = documents(random, 400);
        try (var index = open(documents)) {
            for (int trial = 0; trial < 150; trial++) {
                var names = new java.util.HashSet<String>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    names.add(NAMES.get(random.nextInt(NAMES.size())));
                }
                var principal = new Principal(names);
                int k = 1 + random.nextInt(30);
                long readable =
                        documents.stream().filter(d -> d.readers().admit(principal)).count();
                var found = index.search(randomText(random), k, principal, mode);
                assertThat(found)
                        .as("trial %d, seed %d", trial, SEED)
                        .allMatch(passage -> passage.readers().admit(principal))
                        .hasSize((int) Math.min(k, readable));
                assertThat(found).allMatch(p -> p.readers().equals(source(documents, p).readers()));
            }
        }
    }

    private static Document source(List<Document> documents, Passage passage) {
        return documents.get(Integer.parseInt(passage.document().substring(1)));
    }

    /// A filter after the search would leave nothing: all of the best hundred are another's.
    @ParameterizedTest
    @EnumSource
    void theBestReadablePassageIsFoundBehindManyBetterUnreadableOnes(SearchMode mode) {
        var documents = new ArrayList<Document>();
        var legal = Readers.anyOf(Set.of("group:legal"));
        for (int i = 0; i < 300; i++) {
            documents.add(Document.of("d" + i, "kettle", "kettle kettle " + i, legal));
        }
        documents.add(
                Document.of(
                        "mine", "desk", "desk chair kettle", Readers.anyOf(Set.of("user:ann"))));
        try (var index = open(documents)) {
            var ann = new Principal(Set.of("user:ann"));
            assertThat(index.search("kettle", 5, ann, mode))
                    .extracting(Passage::document)
                    .containsExactly("mine");
            assertThat(index.search("kettle", 5, new Principal(Set.of("user:ben")), mode))
                    .isEmpty();
        }
    }

    @Test
    void rulesSurviveBeingStored() {
        var random = new Random(SEED);
        for (int i = 0; i < 100; i++) {
            var readers = randomReaders(random);
            assertThat(AccessRules.restored(readers.sorted())).isEqualTo(readers);
        }
    }

    private PassageIndex open(List<Document> documents) {
        return PassageIndex.open(
                cache,
                Documents.of(documents),
                IndexSettings.usual(),
                Optional.of(HashedWords.usual()),
                Progress.silent());
    }
}
