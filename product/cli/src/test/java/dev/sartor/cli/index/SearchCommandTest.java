package dev.sartor.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.cli.console.Screen;
import dev.sartor.cli.fit.SampleProject;
import dev.sartor.core.Json;
import dev.sartor.hub.cache.Caches;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {
    @TempDir Path folder;

    @Test
    void aProjectWithoutDocumentsSaysWhichKeyToAdd() {
        var project = new SmallProject(folder);
        project.write("sartor.yaml", SmallProject.FILE.replace("documents: documents\n", ""));
        assertThat(project.sartor("search", "notice")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("names no documents", "documents: FOLDER");
    }

    @Test
    void anUnknownModeIsRefusedWithTheChoices() {
        var project = new SmallProject(folder);
        assertThat(project.sartor("search", "notice", "--mode", "fuzzy")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("fuzzy", "HYBRID", "`sartor search --help`");
    }

    @Test
    void oneQuestionOrAFileOfThemIsAsked() {
        var project = new SmallProject(folder);
        assertThat(project.sartor("search")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("QUERY, or --queries FILE with --trec RUN");
        assertThat(project.sartor("search", "--queries", "q.jsonl")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("--trec");
    }

    @Test
    void badQuestionsAreNamedBeforeAnythingIsIndexed() {
        var project = new SmallProject(folder);
        project.write("q.jsonl", "{\"_id\": \"1\"}\n");
        var queries = folder.resolve("q.jsonl").toString();
        assertThat(project.sartor("search", "--queries", queries, "--trec", "run.trec"))
                .isEqualTo(2);
        assertThat(project.screen.remarks()).contains("q.jsonl:1: lacks 'text'; it has _id");
    }

    @Tag("models")
    @Test
    void aFileOfQuestionsBecomesATrecRun() throws java.io.IOException {
        var _ = SampleProject.layOut(folder);
        var queries = folder.resolve("q.jsonl");
        java.nio.file.Files.writeString(
                queries, "{\"_id\": \"a\", \"text\": \"How many days of notice must I give?\"}\n");
        var run = folder.resolve("run.trec");
        var screen = Screen.file(Caches.standard().root());
        var code =
                screen.sartor(
                        "search",
                        "--queries",
                        queries.toString(),
                        "--trec",
                        run.toString(),
                        "--project",
                        folder.toString());
        assertThat(screen.remarks()).as("what went wrong").doesNotContain("defect");
        assertThat(code).isZero();
        assertThat(java.nio.file.Files.readString(run))
                .startsWith("a Q0 policies/cancellation.md 1 1.0 sartor-hybrid\n");

        var qrels = folder.resolve("qrels.trec");
        java.nio.file.Files.writeString(qrels, "a 0 policies/cancellation.md 1\n");
        var trying = Screen.file(Caches.standard().root());
        code =
                trying.sartor(
                        "search",
                        "--queries",
                        queries.toString(),
                        "--qrels",
                        qrels.toString(),
                        "--project",
                        folder.toString());
        assertThat(trying.remarks()).as("what went wrong").doesNotContain("defect");
        assertThat(code).isZero();
        assertThat(trying.results()).contains("bm25_weight", "0.40", "best", "questions asked: 1");
    }

    @Tag("models")
    @Test
    void thePassageThatAnswersComesFirst() {
        var _ = SampleProject.layOut(folder);
        var screen = Screen.file(Caches.standard().root());
        var code =
                screen.sartor(
                        "search",
                        "How many days before leaving must I tell you?",
                        "--k",
                        "3",
                        "--json",
                        "--project",
                        folder.toString());
        assertThat(screen.remarks()).as("what went wrong").doesNotContain("defect");
        assertThat(code).isZero();
        var found = Json.mapper().readTree(screen.results());
        assertThat(found).hasSize(3);
        assertThat(found.get(0).get("document").asString()).isEqualTo("policies/cancellation.md");
    }
}
