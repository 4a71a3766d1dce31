package dev.sartor.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.Checkout;
import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.hub.cache.Caches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `sartor data` on the sample's rows, as a user types it.
class DataCommandsTest {
    @TempDir private Path folder;
    private Screen screen = Screen.file();

    /// Arguments that begin with `@` are paths in the folder, with `#` files of the sample's `route`.
    private int sartor(String... args) {
        var all = new ArrayList<String>();
        for (var arg : args) {
            all.add(
                    arg.startsWith("@")
                            ? folder.resolve(arg.substring(1)).toString()
                            : arg.startsWith("#")
                                    ? Checkout.file("samples/helpdesk/route/" + arg.substring(1))
                                            .toString()
                                    : arg);
        }
        return screen.sartor(all.toArray(String[]::new));
    }

    private JsonNode printed() {
        return Json.mapper().readTree(screen.results());
    }

    @Test
    void theSamplesRowsAreCleanedAndTheRecipeIsPrinted() throws IOException {
        screen = Screen.file(folder.resolve("cache"));
        int code =
                sartor(
                        "data",
                        "clean",
                        "#train.jsonl",
                        "--against",
                        "#test.jsonl",
                        "--out",
                        "@cleaned",
                        "--json");

        assertThat(screen.remarks()).as("remarks").doesNotContain("defect");
        assertThat(code).isZero();
        var recipe = printed();
        assertThat(recipe.get("steps").get(0).get("step").stringValue()).isEqualTo("broken");
        assertThat(recipe.get("rows").intValue()).isPositive();
        assertThat(folder.resolve("cleaned/rows/train.jsonl")).exists();
        assertThat(folder.resolve("cleaned/removed.jsonl")).exists();
        assertThat(Files.getPosixFilePermissions(folder.resolve("cleaned/recipe.json"))).hasSize(2);
        assertThat(folder.resolve("cleaned/.work")).doesNotExist();
    }

    @Test
    void aSecondResultInTheSameFolderIsRefused() {
        screen = Screen.file(folder.resolve("cache"));
        sartor("data", "clean", "#train.jsonl", "--steps", "exact_duplicates", "--out", "@cleaned");

        assertThat(
                        sartor(
                                "data",
                                "clean",
                                "#train.jsonl",
                                "--steps",
                                "exact_duplicates",
                                "--out",
                                "@cleaned"))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("holds a result: name another --out");
    }

    @Test
    void anUnknownStepOrSettingIsRefusedByName() {
        assertThat(
                        sartor(
                                "data",
                                "clean",
                                "#train.jsonl",
                                "--steps",
                                "near_duplicate",
                                "--out",
                                "@cleaned"))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("near_duplicate").contains("near_duplicates");
        assertThat(
                        sartor(
                                "data",
                                "clean",
                                "#train.jsonl",
                                "--set",
                                "near_duplicates.threshold=3",
                                "--out",
                                "@cleaned"))
                .isEqualTo(2);
        assertThat(screen.remarks())
                .contains("curate.near_duplicates.threshold must be 0.7 to 1, got 3");
    }

    @Test
    void rowsAreSplitAndTheSplitsDoNotLeak() {
        screen = Screen.file(folder.resolve("cache"));
        assertThat(
                        sartor(
                                "data",
                                "split",
                                "#train.jsonl",
                                "#test.jsonl",
                                "--out",
                                "@split",
                                "--json"))
                .isZero();
        assertThat(printed().get("files").propertyNames())
                .containsExactly("train", "validation", "test");

        screen = Screen.file(folder.resolve("cache"));
        sartor(
                "data",
                "leaks",
                "@split/test.jsonl",
                "--against",
                "@split/train.jsonl",
                "--threshold",
                "0.9",
                "--json");
        assertThat(printed().get("leaking").has("exact")).isFalse();
        assertThat(printed().get("leaking").has("folded")).isFalse();
    }

    @Test
    void aTestThatStandsInTheTrainingRowsEndsWithOne() {
        screen = Screen.file(folder.resolve("cache"));

        assertThat(sartor("data", "leaks", "#train.jsonl", "--against", "#train.jsonl", "--json"))
                .isEqualTo(1);
        assertThat(printed().get("leaking").get("exact").intValue())
                .isEqualTo(printed().get("rows").intValue());
    }

    @Test
    @Tag("models")
    void aLookWritesAPageWithAMap() throws IOException {
        screen = Screen.file(Caches.standard().root());
        assertThat(sartor("data", "look", "#validation.jsonl", "--page", "@look.html")).isZero();
        assertThat(screen.results()).contains("LENGTH IN").contains("tokens");
        assertThat(Files.readString(folder.resolve("look.html")))
                .contains("<circle")
                .doesNotContain("<script");
    }

    @Test
    void filledTablesLabelTheRowsAndAnnotatorsAreHeldAgainstEachOther() throws IOException {
        var rows = folder.resolve("rows.jsonl");
        Files.writeString(
                rows,
                "{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"text\":\"three\",\"label\":\"c\"}\n");
        var head = "file,line,text,label\r\n";
        Files.writeString(
                folder.resolve("ann.csv"), head + rows + ",1,one,a\r\n" + rows + ",2,two,b\r\n");
        Files.writeString(
                folder.resolve("bob.csv"), head + rows + ",1,one,a\r\n" + rows + ",2,two,a\r\n");

        assertThat(
                        sartor(
                                "data",
                                "fill",
                                "@rows.jsonl",
                                "--table",
                                "@ann.csv",
                                "--out",
                                "@labelled.jsonl"))
                .as(screen.remarks())
                .isZero();
        assertThat(folder.resolve("labelled.jsonl"))
                .hasContent(
                        "{\"text\":\"one\",\"label\":\"a\"}\n{\"text\":\"two\",\"label\":\"b\"}\n{\"text\":\"three\",\"label\":\"c\"}\n");
        screen = Screen.file();
        assertThat(sartor("data", "agreement", "@ann.csv", "@bob.csv", "--json")).isZero();
        assertThat(printed().get("in_both").intValue()).isEqualTo(2);
        assertThat(printed().get("differences").get(0).get("line").intValue()).isEqualTo(2);
        screen = Screen.file();
        assertThat(
                        sartor(
                                "data",
                                "fill",
                                "@rows.jsonl",
                                "--table",
                                "@ann.csv",
                                "--table",
                                "@bob.csv",
                                "--out",
                                "@both.jsonl"))
                .isEqualTo(2);
        assertThat(screen.remarks()).contains("is labelled b in one table and a in another");
        assertThat(folder.resolve("both.jsonl")).doesNotExist();
    }

    @Test
    void everyRefusalStandsOnThePageOfErrors() throws IOException {
        Files.writeString(
                folder.resolve("copies.jsonl"), "{\"text\":\"the same text\"}\n".repeat(5));
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/letter.txt"), "mine");
        var page = new ErrorsPage();
        for (var name : List.of("copies.jsonl", "mine", "cleaned", "split")) {
            page.naming(folder.resolve(name), name);
        }

        sartor("data", "clean", "@copies.jsonl");
        page.shows(last());
        sartor("data", "clean", "@copies.jsonl", "--steps", "exact_duplicates", "--out", "@mine");
        page.shows(last());
        sartor(
                "data",
                "clean",
                "@copies.jsonl",
                "--steps",
                "exact_duplicates",
                "--out",
                "@cleaned");
        page.shows(last());
        sartor(
                "data",
                "clean",
                "@copies.jsonl",
                "--set",
                "near_duplicates.threshold=3",
                "--out",
                "@x");
        page.shows(last());
        sartor("data", "split", "@copies.jsonl", "--group", "client", "--out", "@split");
        page.shows(last());
        page.naming(folder.resolve("again"), "cleaned");
        sartor(
                "data",
                "clean",
                "@copies.jsonl",
                "--steps",
                "exact_duplicates",
                "--out",
                "@again",
                "--yes");
        last();
        sartor("data", "clean", "@copies.jsonl", "--steps", "exact_duplicates", "--out", "@again");
        page.shows(last());
    }

    /// What the last command said, without "sartor: " before it.
    private String last() {
        var said = screen.remarks().strip();
        screen = Screen.file();
        return said;
    }

    @Test
    void itemsOfAPublicBenchmarkAreFoundAmongTrainingRows() throws IOException {
        Files.createDirectories(folder.resolve("benchmarks"));
        Files.writeString(
                folder.resolve("benchmarks/piqa.jsonl"),
                """
                {"goal": "How do you keep a cargo bike's chain from rusting near the sea?", "sol1": "Rinse it with sweet water and oil it.", "sol2": "Salt it.", "label": 0}
                {"goal": "How do you fold a bicycle so that it fits under a desk at work?", "sol1": "Saw it.", "sol2": "Undo both hinges.", "label": 1}
                """);
        Files.writeString(
                folder.resolve("train.jsonl"),
                """
                {"text": "A friend asked: how do you keep a cargo bike's chain from rusting near the sea? I did not know.", "label": "repair"}
                {"text": "Where is my parcel, please?", "label": "delivery"}
                """);

        int code =
                sartor(
                        "data",
                        "leaks",
                        "--benchmark",
                        "piqa",
                        "--data",
                        "@benchmarks",
                        "--against",
                        "@train.jsonl",
                        "--json");

        assertThat(screen.remarks()).as("remarks").doesNotContain("defect");
        assertThat(code).isEqualTo(1);
        var pair = printed().get("pairs").get(0);
        assertThat(pair.get("test").get("file").stringValue()).isEqualTo("piqa");
        assertThat(pair.get("test").get("text").stringValue()).contains("rusting");
        assertThat(pair.get("other").get("line").intValue()).isEqualTo(1);
        assertThat(printed().get("pairs")).hasSize(1);
    }

    @Test
    void whatIsRefusedStandsOnThePageOfErrors() throws IOException {
        Files.writeString(folder.resolve("pairs.jsonl"), "{\"question\": \"Who leads it?\"}\n");
        var page = new ErrorsPage().naming(folder.resolve("pairs.jsonl"), "pairs.jsonl");

        assertThat(sartor("data", "leaks", "--against", "#train.jsonl")).isEqualTo(2);
        page.shows(last());
        sartor(
                "data",
                "make",
                "--project",
                Checkout.file("samples/helpdesk").toString(),
                "--pairs",
                "@pairs.jsonl",
                "--out",
                "@checked");
        page.shows(last());
    }

    @Test
    void anIndexIsNoSourceOfPairs() throws IOException {
        Files.createDirectories(folder.resolve("docks"));
        Files.copy(
                Checkout.file("samples/helpdesk/documents/docks/ostby.md"),
                folder.resolve("docks/ostby.md"));
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                "{\"question\": \"Who?\", \"answer\": \"Ann\", \"document\": \"ostby.md\"}\n");
        sartor("index", "@docks", "--public", "--embedder", "none", "--out", "@shelf");

        int code =
                sartor(
                        "data",
                        "make",
                        "@shelf",
                        "--project",
                        Checkout.file("samples/helpdesk").toString(),
                        "--pairs",
                        "@pairs.jsonl",
                        "--out",
                        "@checked");

        assertThat(screen.remarks()).contains("is an index: name the documents");
        assertThat(code).isEqualTo(2);
    }

    @Test
    @Tag("models")
    void pairsMadeElsewhereAreToldRightFromWrong() throws IOException {
        Files.createDirectories(folder.resolve("docks"));
        for (var name : List.of("calder-quay.md", "ostby.md", "small-docks.md", "winmarsh.md")) {
            Files.copy(
                    Checkout.file("samples/helpdesk/documents/docks/" + name),
                    folder.resolve("docks").resolve(name));
        }
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                """
                {"question": "For how many minutes may riders use the sweet-water rinse at Calder Quay for free?", "answer": "six minutes", "document": "calder-quay.md", "quote": "Sea air eats chains"}
                {"question": "How much does a new battery for the Otter cost at Calder Quay?", "answer": "a rinse once a fortnight", "document": "calder-quay.md", "quote": "Sea air eats chains"}
                """);

        int code =
                sartor(
                        "data",
                        "make",
                        "@docks",
                        "--public",
                        "--project",
                        Checkout.file("samples/helpdesk").toString(),
                        "--pairs",
                        "@pairs.jsonl",
                        "--out",
                        "@checked");

        assertThat(screen.remarks()).as("remarks").doesNotContain("defect");
        assertThat(code).isZero();
        var lines = Files.readAllLines(folder.resolve("checked/checked.jsonl"));
        assertThat(Json.mapper().readTree(lines.get(0)).get("kept").booleanValue()).isTrue();
        assertThat(Json.mapper().readTree(lines.get(1)).get("kept").booleanValue()).isFalse();
        assertThat(screen.results()).contains("1 of 2 pairs are kept");
    }
}
