package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.SmallProject;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir Path folder;

    private SmallProject project = new SmallProject(Path.of("target", "unused"));

    @BeforeEach
    void aProject() {
        project = new SmallProject(folder);
    }

    @Test
    void whereAllIsInOrderItSaysWhatIsThereAndTheNextCommand() {
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains("route      2           1     2", "documents: 1")
                .endsWith("All is in order. Next: sartor compare --project " + folder + "\n");
    }

    @Test
    void everyBadRowAndEveryLeakIsNamedAtOnceAndTheAnswerIsNo() throws IOException {
        project.write(
                "train.jsonl",
                SmallProject.row("An invoice too many", "billing")
                        + "{not json\n"
                        + "{\"text\": \"no label\"}\n"
                        + SmallProject.row("Hello", "sales")
                        + SmallProject.row("Empty", "")
                        + SmallProject.row("MY CHAIN, fell off!", "repair"));
        Files.write(
                folder.resolve("validation.jsonl"),
                "{\"text\": \"naïve\", \"label\": \"repair\"}\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results())
                .contains(
                        "train.jsonl:2: ",
                        "train.jsonl:3: ",
                        "train.jsonl:4: ",
                        "train.jsonl:5: ",
                        "validation.jsonl:1: ",
                        "test.jsonl:1: also stands in ",
                        "(training), but for case, space and punctuation")
                .contains("problems; nothing was started.");
    }

    @Test
    void formerNamesAreRefusedAndFixedInPlace() throws IOException {
        var former = SmallProject.FILE + "tune: {max_norm: 2, learn: last}  # mine\n";
        project.write("sartor.yaml", former);
        int line = (int) SmallProject.FILE.lines().count() + 1;
        var page =
                new ErrorsPage()
                        .naming("sartor.yaml:" + line, "sartor.yaml:22")
                        .naming(folder, "/home/ann/desk");
        assertThat(project.sartor("check")).isEqualTo(2);
        page.shows(project.screen.remarks());
        assertThat(project.sartor("check", "--fix")).isZero();
        assertThat(project.screen.remarks())
                .contains(
                        "sartor.yaml:" + line + ": tune: max_norm → max_grad_norm\n",
                        "sartor.yaml:" + line + ": tune.loss_on: last → last_turn\n",
                        "The file as it was is kept as sartor.yaml.old.\n");
        assertThat(folder.resolve("sartor.yaml"))
                .content()
                .isEqualTo(
                        SmallProject.FILE
                                + "tune: {max_grad_norm: 2, loss_on: last_turn}  # mine\n");
        assertThat(folder.resolve("sartor.yaml.old")).content().isEqualTo(former);
        assertThat(project.sartor("check", "--fix")).isZero();
        assertThat(project.screen.remarks()).contains("nothing was changed.");
    }

    @Test
    void aWrongProjectFileIsTheUsersMistakeWithEveryLine() {
        project.write(
                "sartor.yaml",
                SmallProject.FILE
                        .replace("margin: 0.5", "margn: 0.5")
                        .replace("train: train.jsonl", "train: trian.jsonl"));
        assertThat(project.sartor("check")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains(
                        "sartor.yaml:8: ",
                        "Did you mean 'margin'?",
                        "sartor.yaml:9: ",
                        "trian.jsonl")
                .endsWith("2 problems; nothing was started.\n");
        assertThat(project.screen.results()).isEmpty();
    }

    @Test
    void withoutAProjectItSaysHowToMakeOne() {
        assertThat(project.screen.sartor("check", "--project", folder.resolve("no").toString()))
                .isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("there is no sartor.yaml in " + folder.resolve("no"), "sartor init");
    }

    @Test
    void anUnreadableDocumentIsNamedAndCountedAndTheRestIsFine() throws IOException {
        Files.writeString(folder.resolve("documents/broken.pdf"), "%PDF-1.7 and then nothing");
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains("documents: 1\n", "1 documents read, 1 left out:", "broken.pdf: ");
    }

    @Test
    void aFolderWithoutAnyDocumentIsAProblem() throws IOException {
        Files.delete(folder.resolve("documents/notice.md"));
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results()).contains("no readable document", "1 problem;");
    }

    @Test
    void anIndexOfWhichACandidateIsShownNothingIsAProblem() {
        index();
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results())
                .contains("documents: 1", "readable by everyone: 0 of 1", "--public", "1 problem;");
        assertThat(project.sartor("check", "--json")).isEqualTo(1);
        index("--public");
        project = new SmallProject(folder);
        project.write("sartor.yaml", SmallProject.FILE.replace("documents\n", "shelf\n"));
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results()).contains("readable by everyone: 1 of 1");
    }

    @Test
    void howManyDocumentsAreHiddenFromWhoeverRowsNameIsSaid() {
        var searching = SmallProject.FILE.replace("[zero-shot, tune]", "[zero-shot, retrieval]");
        project.write(
                "test.jsonl",
                SmallProject.row("My chain fell off", "repair\", \"asker\": \"ann;group:sales")
                        + SmallProject.row("Charged twice", "billing\", \"asker\": \"customer-7"));
        project.write("sartor.yaml", searching);
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains(
                        "warning: route: rows name who asks, which changes nothing: documents is a");
        project.write(
                "access.yaml",
                "rules:\n  - {paths: notice.md, readers: everyone}\n  - {paths: prices.md, readers: [group:sales]}\n");
        project.write("documents/prices.md", "# Prices\n\nThe price is 9 crowns.\n");
        index("--access", folder.resolve("access.yaml").toString());
        project = new SmallProject(folder);
        project.write(
                "test.jsonl",
                SmallProject.row("My chain fell off", "repair\", \"asker\": \"ann;group:sales")
                        + SmallProject.row("Charged twice", "billing\", \"asker\": \"customer-7"));
        project.write("sartor.yaml", searching.replace("documents\n", "shelf\n"));
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains("note: route: user:customer-7 (1 row): 1 of 2 documents hidden")
                .contains("note: route: group:sales, user:ann (1 row): 0 of 2 documents hidden")
                .contains("note: route: rows without an asker (3 rows): 1 of 2 documents hidden")
                .contains("warning: route: no rule of the documents names user:customer-7");
        project = new SmallProject(folder);
        project.write(
                "test.jsonl",
                SmallProject.row("My chain fell off", "repair\", \"asker\": \"")
                        + SmallProject.row("Charged twice", "billing"));
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results())
                .contains("test.jsonl:1: 'asker' must name who asks, such as user:ann;group:sales");
    }

    private void index(String... more) {
        var args = new ArrayList<>(List.of("index", folder.resolve("documents").toString()));
        args.addAll(List.of("--out", folder.resolve("shelf").toString(), "--embedder", "none"));
        args.addAll(List.of(more));
        assertThat(Screen.file(folder.resolve("cache")).sartor(args.toArray(String[]::new)))
                .isZero();
        project.write("sartor.yaml", SmallProject.FILE.replace("documents\n", "shelf\n"));
    }

    @Test
    void aModelThatNobodyKnowsAndAKeyThatIsNotSetAreProblems() {
        project.write(
                "sartor.yaml",
                SmallProject.FILE
                        + """
                        model: smolm
                        remotes:
                          - name: large
                            url: https://llm.example.org/v1
                            model: large-1
                            api_key_env: SARTOR_TEST_UNSET_KEY
                        """);
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results())
                .contains(
                        "got smolm", "sartor models list", "SARTOR_TEST_UNSET_KEY", "2 problems;");
    }

    @Test
    void aGatedModelIsANote() {
        project.write("sartor.yaml", SmallProject.FILE + "model: gemma-3-270m\n");
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains("note: model: gemma-3-270m comes under the Gemma Terms of Use");
    }

    @Test
    void tooFewTestExamplesAreANoteWithTheNumberThatWouldDo() {
        project.write("sartor.yaml", SmallProject.FILE.replace("margin: 0.5", "margin: 0.08"));
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains("note: route: 2 test examples ", "about 246 would be enough");
    }

    @Test
    void theJsonSaysTheSame() {
        project.write("test.jsonl", SmallProject.row("Wrong price", "billing"));
        assertThat(project.sartor("check", "--json")).isEqualTo(1);
        var json = Json.mapper().readTree(project.screen.results());
        assertThat(json.get("ok").asBoolean()).isFalse();
        assertThat(json.get("documents").asInt()).isOne();
        assertThat(json.get("tasks").get(0).get("train").asInt()).isEqualTo(2);
        assertThat(json.get("problems").toString()).contains("test.jsonl:1", "(validation)");
    }

    @Test
    void theSampleProjectIsInOrder() {
        var sample = folder.resolve("sample");
        var _ = SampleProject.layOut(sample);
        assertThat(project.screen.sartor("check", "--project", sample.toString())).isZero();
        assertThat(project.screen.results())
                .contains("route     300         100   250", "documents: 43")
                .contains("answer     80          30   120");
    }

    @Test
    void aFolderThatIsNotThereAndOneWithoutAModelAreProblems() {
        project.write("sartor.yaml", SmallProject.FILE + "model: ./models/none\n");
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results())
                .contains("sartor.yaml: the model ./models/none must be a file or folder");
        project.write("sartor.yaml", SmallProject.FILE + "model: " + folder.resolve("documents"));
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results()).contains("a folder that holds one, and is not");
    }

    @Test
    void aModelThatIsStillToBeFetchedIsANote() {
        project.write("sartor.yaml", SmallProject.FILE + "model: acme/tiny\n");
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains(
                        "note: model: acme/tiny is no file or folder here, and is taken for a model on the hub, which was not asked: ");
    }

    @Test
    void aWarningIsSaidAndCounted() {
        project.write("test.jsonl", SmallProject.row("Charged twice", "billing"));
        assertThat(project.sartor("check")).isZero();
        assertThat(project.screen.results())
                .contains("warning: route: no test example is answered with 'repair', ")
                .contains(
                        "Nothing stands in the way of a comparison; see the warning. Next: sartor compare");
        assertThat(project.sartor("check", "--json")).isZero();
        assertThat(project.screen.results()).contains("\"warnings\" : [ \"route: no test example");
    }

    @Test
    void aRowLongerThanTheModelsContextIsNamedWhereItsTokenizerIsHere() throws IOException {
        var tiny = TinyTask.decoder(folder, "llama");
        project.write("sartor.yaml", SmallProject.FILE + "model: " + tiny + "\n");
        project.write(
                "test.jsonl",
                SmallProject.row("My chain fell off", "repair")
                        + SmallProject.row("the cat sat on ".repeat(4000), "billing"));
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results())
                .contains("test.jsonl:2: its prompt takes ", " tokens and the answer up to ");
    }

    @Test
    void ofAFileOfBadRowsTwentyAreListedAndTheRestIsCounted() {
        project.write("train.jsonl", SmallProject.row("Hello", "sales").repeat(5000));
        assertThat(project.sartor("check")).isEqualTo(1);
        assertThat(project.screen.results().lines().filter(line -> line.contains("train.jsonl:")))
                .hasSizeLessThan(25);
        assertThat(project.screen.results())
                .contains("train.jsonl: and 4,980 more of this kind: unknown label '…'")
                .contains("problems; nothing was started.");
    }
}
