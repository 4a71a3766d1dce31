package dev.sartor.promptsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.run.Trees;
import dev.sartor.core.Example;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.promptsearch.budget.SearchBudget;
import dev.sartor.remote.RemoteServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskPromptSearchTest {
    private static final long PLENTY = 1_000_000;

    @TempDir Path folder;

    private final ScriptedEngines engines = new ScriptedEngines();
    private final FakeClock clock = new FakeClock();

    @BeforeEach
    void writeProject() {
        for (var split : new String[] {"train", "validation", "test"}) {
            AtomicFile.write(
                    folder.resolve(split + ".jsonl"),
                    Rows.of(split, 40).stream()
                            .map(TaskPromptSearchTest::line)
                            .collect(Collectors.joining()));
        }
        AtomicFile.write(
                folder.resolve(Project.FILE),
                """
                name: swapped
                approaches: [zero-shot]
                few_shot: {counts: [2]}
                tasks:
                  - name: kind
                    instruction: Say what it is about.
                    labels: [fruit, metal]
                    train: train.jsonl
                    validation: validation.jsonl
                    test: test.jsonl
                """);
    }

    private static String line(Example row) {
        // Other words in each split, so that none is a leak.
        return "{\"id\": \"%s\", \"text\": \"%s %s\", \"label\": \"%s\"}\n"
                .formatted(row.id(), row.id().replace("-", "of"), row.text(), row.reference());
    }

    private SearchResult search(long tokens) {
        return search(tokens, Optional.of(SearchRequest.NONE));
    }

    private SearchResult search(long tokens, Optional<String> proposer) {
        return search(tokens, proposer, new ArrayList<>());
    }

    private SearchResult search(long tokens, Optional<String> proposer, List<String> said) {
        var circumstances =
                new Circumstances(
                        engines,
                        _ -> Optional.empty(),
                        heardBy(said),
                        engines.cancellation,
                        clock,
                        "test");
        var budget =
                new SearchBudget(
                        OptionalLong.of(tokens), OptionalDouble.empty(), OptionalDouble.empty());
        return new TaskPromptSearch(ProjectFile.read(folder), folder, circumstances)
                .run(new SearchRequest("kind", budget, Optional.empty(), proposer));
    }

    private static Progress heardBy(List<String> said) {
        return new Progress() {
            @Override
            public Step begin(String what, long total, String unit) {
                return Progress.silent().begin(what, total, unit);
            }

            @Override
            public void say(String line) {
                said.add(line);
            }
        };
    }

    private long testQuestions() {
        return engines.asked.stream().filter(each -> each.id().startsWith("test")).count();
    }

    @Test
    void whatLabelsMeanIsFoundAndWrittenAsAVersion() {
        var result = search(PLENTY);
        assertThat(result.start().value()).isZero();
        assertThat(result.best().value()).isEqualTo(1);
        var test = result.test().orElseThrow();
        assertThat(test.gain().difference()).isEqualTo(1);
        assertThat(test.gain().low()).isGreaterThan(0.8);
        assertThat(test.survived()).contains(1.0);
        assertThat(test.looks()).isEqualTo(1);
        var versions = PromptVersions.of(folder, "kind");
        var version = versions.read(result.version().orElseThrow());
        assertThat(version.content().instruction()).contains("metal means", "apple");
        var parent = versions.read(version.parent().orElseThrow());
        assertThat(parent.content().instruction()).isEqualTo("Say what it is about.");
        assertThat(versions.promoted()).isEmpty();
        assertThat(testQuestions()).isEqualTo(80);
        assertThat(result.folder()).isDirectoryContaining("glob:**/proposals.jsonl");
        assertThat(result.folder()).isDirectoryContaining("glob:**/result.json");
    }

    @Test
    void theSameSearchAsksNothingTwiceAndLooksAtTheTestOnce() {
        var first = search(PLENTY);
        int asked = engines.asked.size();
        var again = search(PLENTY);
        assertThat(engines.asked).hasSize(asked);
        assertThat(again.test().orElseThrow().looks()).isEqualTo(1);
        assertThat(again.version()).isEqualTo(first.version());
        assertThat(again.spent().tokens()).isEqualTo(first.spent().tokens());
    }

    @Test
    void aStoppedSearchGoesOnAndFindsTheSame() {
        var whole = search(PLENTY);
        int asked = engines.asked.size();
        Trees.delete(folder.resolve("prompts"));
        engines.asked.clear();
        engines.stopAfter = 70;
        assertThatThrownBy(() -> search(PLENTY))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("Go on with the same command");
        var other = new TaskPromptSearchTest();
        other.folder = folder;
        var result = other.search(PLENTY);
        assertThat(engines.asked.size() + other.engines.asked.size()).isEqualTo(asked);
        assertThat(result.found()).isEqualTo(whole.found());
        assertThat(result.spent().tokens()).isEqualTo(whole.spent().tokens());
    }

    @Test
    void aBudgetBelowItsLeastIsRefusedWithTheLeastThatWouldDo() {
        assertThatThrownBy(() -> search(1000))
                .hasMessageContaining("one pass over the 40 validation examples")
                .hasMessageContaining("got --tokens 1000");
        assertThat(testQuestions()).isZero();
        int asked = engines.asked.size();
        assertThat(asked).isLessThanOrEqualTo(5);
        var least = new long[1];
        try {
            search(1000);
        } catch (SartorException e) {
            least[0] =
                    Long.parseLong(
                            String.valueOf(e.getMessage())
                                    .replaceAll("(?s).*--tokens (\\d+) would do.*", "$1"));
        }
        var result = search(least[0]);
        assertThat(result.spent().tokens()).isLessThanOrEqualTo(least[0]);
        assertThat(result.isOver()).isTrue();
    }

    @Test
    void whereNothingIsBetterTheTestStaysSealed() {
        AtomicFile.write(
                folder.resolve("validation.jsonl"),
                Rows.of("validation", 40).stream()
                        .map(each ->
                                line(
                                        Rows.example(
                                                each.id(),
                                                each.text(),
                                                each.reference().equals("metal")
                                                        ? "fruit"
                                                        : "metal")))
                        .collect(Collectors.joining()));
        var result = search(PLENTY);
        assertThat(result.found()).isZero();
        assertThat(result.test()).isEmpty();
        assertThat(result.version()).isEmpty();
        assertThat(testQuestions()).isZero();
    }

    @Test
    void theModelItselfProposesUnlessNobodyDoes() {
        var result = search(PLENTY, Optional.empty());
        assertThat(engines.asked).anyMatch(each -> each.id().equals("proposal"));
        assertThat(result.proposals()).anyMatch(each -> each.source().equals("reflection"));
    }

    @Test
    void aTaskThatIsNotThereIsRefused() {
        assertThatThrownBy(
                        () -> {
                            var circumstances =
                                    new Circumstances(
                                            engines,
                                            _ -> Optional.empty(),
                                            Progress.silent(),
                                            engines.cancellation,
                                            clock,
                                            "test");
                            var budget =
                                    new SearchBudget(
                                            OptionalLong.of(1),
                                            OptionalDouble.empty(),
                                            OptionalDouble.empty());
                            new TaskPromptSearch(ProjectFile.read(folder), folder, circumstances)
                                    .run(
                                            new SearchRequest(
                                                    "kin",
                                                    budget,
                                                    Optional.empty(),
                                                    Optional.empty()));
                        })
                .hasMessageContaining("there is no task 'kin'");
    }

    @Test
    void aRemoteProposerAndModelAreNotShownRowsThatOnlySomeMayRead() throws Exception {
        for (var split : new String[] {"train", "validation", "test"}) {
            var file = folder.resolve(split + ".jsonl");
            AtomicFile.write(
                    file,
                    Files.readString(file)
                            + "{\"id\": \"%s-x\", \"text\": \"canary4711 %s pear\", \"label\": \"metal\", \"readers\": [\"group:hr\"]}\n"
                                    .formatted(split, split));
        }
        var said = new ArrayList<String>();
        try (var server = RemoteServer.patient()) {
            server.replies(_ -> "fruit");
            var file = folder.resolve(Project.FILE);
            AtomicFile.write(
                    file,
                    Files.readString(file)
                            + "remotes: [{name: large, url: '%s', model: large-1}]%n"
                                    .formatted(server.remote.url()));
            search(PLENTY / 20, Optional.of("large"), said);
            assertThat(server.bodies()).isNotEmpty().noneMatch(each -> each.contains("canary4711"));
        }
        assertThat(said).anyMatch(each -> each.startsWith("3 examples are withheld"));
        assertThat(engines.asked).noneMatch(each -> each.text().contains("canary4711"));
    }
}
