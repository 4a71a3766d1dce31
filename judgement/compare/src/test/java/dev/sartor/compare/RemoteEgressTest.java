package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.remote.RemoteServer;
import dev.sartor.retrieve.index.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a comparison sends to a remote model. One document and one training example hold a canary, and only sales may read them.
class RemoteEgressTest {
    private static final String CANARY = "canary4711";
    private static final String MODEL = "all-minilm-l6-v2";

    @TempDir Path folder;
    private Desk desk;
    private RemoteServer server;

    @BeforeEach
    void aRestrictedDocumentAndARestrictedExample() throws IOException {
        desk = new Desk(folder);
        server = RemoteServer.patient();
        server.repeatsTheQuestionButTheFirstLate();
        AtomicFile.write(folder.resolve("documents/.access.yaml"), "{\"readers\": \"everyone\"}");
        for (int item : new int[] {18, 19, 20}) {
            AtomicFile.write(
                    folder.resolve("documents/item" + item + ".md"),
                    "# Item %d\n\nThe price of item%d in crowns is %s\n"
                            .formatted(item, item, CANARY));
            AtomicFile.write(
                    folder.resolve("documents/item" + item + ".md.access.yaml"),
                    "{\"readers\": [\"group:sales\"]}");
        }
        addRestricted("train", "What is the price of item18 for us", CANARY);
        ask("validation", 18, 19);
        ask("test", 18, 19, 20);
        desk.index(new Embedding(MODEL, desk.engines.digest(MODEL), WordEmbedder::new));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void ask(String split, int... items) {
        var rows = new StringBuilder();
        for (int item : items) {
            rows.append(
                    "{\"prompt\": \"What is the price of item%d, by %s\", \"completion\": \"price%d\", \"asker\": \"group:sales\"}%n"
                            .formatted(item, split, item));
        }
        AtomicFile.write(folder.resolve("answer/" + split + ".jsonl"), rows.toString());
    }

    private void addRestricted(String split, String prompt, String completion) throws IOException {
        var file = folder.resolve("answer/" + split + ".jsonl");
        AtomicFile.write(
                file,
                Files.readString(file)
                        + "{\"prompt\": \"%s\", \"completion\": \"%s\", \"readers\": [\"group:sales\"]}%n"
                                .formatted(prompt, completion));
    }

    private String project(String egress) {
        return Desk.PROJECT
                        .replace("documents: documents", "documents: shelf")
                        .replaceFirst(
                                "approaches: .*",
                                "approaches: [zero-shot, few-shot, retrieval, few-shot+retrieval]")
                        .replaceFirst("(?s)  - name: route.*?(  - name: answer)", "$1")
                + "remotes: [{name: large, url: '%s', model: large-1%s}]%n"
                        .formatted(server.remote.url(), egress);
    }

    private TaskResult compared(String egress) {
        return result(egress).tasks().getFirst();
    }

    private ComparisonResult result(String egress) {
        return desk.compare(project(egress));
    }

    @Test
    void whatOnlySomeMayReadIsWithheldAndCounted() throws InterruptedException {
        var task = compared("");
        assertThat(server.bodies()).isNotEmpty().noneMatch(each -> each.contains(CANARY));
        assertThat(task.candidates()).extracting(each -> each.name()).contains("large retrieval");
        var run = task.candidate("large retrieval");
        assertThat(run.answers())
                .allSatisfy(
                        each -> assertThat(each.omitted().orElseThrow().withheld()).isPositive());
        assertThat(task.said())
                .anyMatch(
                        each -> each.matches("large retrieval .* withheld from remotes 'large'.*"))
                .anyMatch(each ->
                        each.startsWith(
                                "1 of 13 training examples are withheld from remotes 'large'"));
        assertThat(task.candidate("retrieval").answers())
                .as("a model of this machine is shown what its asker may read")
                .allMatch(each -> each.omitted().isEmpty())
                .anyMatch(each -> each.passages().toString().contains(CANARY));
    }

    @Test
    void allOfItIsSentWhereTheProjectSaysSo() throws InterruptedException {
        var task = compared(", egress: all");
        assertThat(server.bodies()).anyMatch(each -> each.contains(CANARY));
        assertThat(task.candidate("large retrieval").answers())
                .allMatch(each -> each.omitted().isEmpty());
    }

    @Test
    void aCandidateThatNothingMayBeSentToIsLeftOutWithTheNextStep() throws InterruptedException {
        var task = compared(", egress: none");
        assertThat(server.bodies()).isEmpty();
        assertThat(task.candidates()).noneMatch(each -> each.name().startsWith("large"));
        assertThat(task.said())
                .contains(
                        "large zero-shot is left out: nothing may be sent to remotes 'large', as its egress is none. Set egress: public"
                                + " to send it what everyone may read.");
    }

    @Test
    void aCandidateIsLeftOutWhoseTestExamplesMayNotBeSent() throws Exception {
        addRestricted("test", "Who is " + CANARY, "nobody");
        var task = compared("");
        assertThat(server.bodies()).isEmpty();
        assertThat(task.said())
                .anyMatch(each ->
                        each.startsWith(
                                "large zero-shot is left out: 1 of 6 validation and test examples are not for everyone"));
    }

    @Test
    void aRemoteJudgeIsNotSentAnswersThatOnlySomeMayRead() throws Exception {
        AtomicFile.write(folder.resolve("judgements.jsonl"), judgements());
        var approaches = "approaches: [retrieval, zero-shot]";
        desk.compare(project(", egress: none").replaceFirst("approaches: .*", approaches));
        server.replies(asked -> asked.indexOf("good") < asked.indexOf("bad") ? "A" : "B");
        var yaml = project("") + "judge: {remote: large, judgements: judgements.jsonl}\n";
        var runs = Runs.of(folder);
        var judge = ProjectJudge.open(desk.project(yaml), folder, desk.circumstances());
        var first = runs.find("answer/retrieval");
        var second = runs.find("answer/zero-shot");
        assertThatThrownBy(() -> judge.match(first, second, runs))
                .hasMessageContaining("the egress of remotes 'large' is public");
        assertThat(server.bodies()).isNotEmpty().noneMatch(each -> each.contains(CANARY));
    }

    private static String judgements() {
        var rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            boolean isFirst = i % 2 == 0;
            rows.append(
                    "{\"question\": \"q%d\", \"first\": \"%s%d\", \"second\": \"%s%d\", \"preferred\": \"%s\"}%n"
                            .formatted(
                                    i,
                                    isFirst ? "good" : "bad",
                                    i,
                                    isFirst ? "bad" : "good",
                                    i,
                                    isFirst ? "first" : "second"));
        }
        return rows.toString();
    }
}
