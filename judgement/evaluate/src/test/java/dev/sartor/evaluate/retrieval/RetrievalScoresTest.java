package dev.sartor.evaluate.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.measure.Ranking;
import dev.sartor.evaluate.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

class RetrievalScoresTest {
    private static final RankingMetric NDCG = RankingMetric.named("ndcg@10");

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file" + text.hashCode()), text);
    }

    private static <T> T as(JsonNode node, TypeReference<T> type) {
        return Json.mapper().convertValue(node, type);
    }

    /// 32-bit ties, ties of ids, graded and negative relevance: see retrieval.py.
    @Test
    void everyMetricIsTrecEvalsOnEveryQuestion() {
        var reference = Reference.read("retrieval.json");
        var qrels =
                as(
                        reference.get("qrels"),
                        new TypeReference<Map<String, Map<String, Integer>>>() {});
        var run =
                as(reference.get("run"), new TypeReference<Map<String, Map<String, Double>>>() {});
        var expected =
                as(
                        reference.get("scores"),
                        new TypeReference<Map<String, Map<String, Double>>>() {});
        assertThat(expected).hasSize(80);
        expected.forEach((question, scores) ->
                scores.forEach((name, score) ->
                        assertThat(
                                        RankingMetric.named(name)
                                                .of(
                                                        Ranking.of(
                                                                run.getOrDefault(
                                                                        question, Map.of())),
                                                        qrels.getOrDefault(question, Map.of())))
                                .as("%s of %s", name, question)
                                .isCloseTo(score, within(1e-4))));
    }

    @Test
    void aQuestionThatTheRunDoesNotAnswerCountsNothing() throws IOException {
        var qrels = Qrels.read(file("q1 0 a 1\nq2 0 b 1\n"));
        var scores =
                RetrievalScores.of(
                        qrels,
                        TrecRun.read(file("q1 Q0 a 1 3.5 x\nq9 Q0 a 1 3 x\n")),
                        List.of(NDCG));
        assertThat(scores.questions()).isEqualTo(2);
        assertThat(scores.unanswered()).isEqualTo(1);
        assertThat(scores.figure(NDCG).value()).isEqualTo(0.5);
        assertThat(scores.perQuestion(NDCG)).containsExactly(1, 0);
    }

    @Test
    void twoRunsAreComparedQuestionByQuestion() throws IOException {
        var qrels = new StringBuilder();
        var one = new StringBuilder();
        var two = new StringBuilder();
        for (int q = 0; q < 40; q++) {
            qrels.append("q%d 0 a 1%n".formatted(q));
            one.append("q%d Q0 a 1 2 one%n".formatted(q));
            two.append("q%d Q0 %s 1 2 two%n".formatted(q, q % 4 == 0 ? "b" : "a"));
        }
        var judged = Qrels.read(file(qrels.toString()));
        var better = RetrievalScores.of(judged, TrecRun.read(file(one.toString())), List.of(NDCG));
        var worse = RetrievalScores.of(judged, TrecRun.read(file(two.toString())), List.of(NDCG));
        var compared = better.against(worse, NDCG);
        assertThat(compared.difference()).isCloseTo(0.25, within(1e-12));
        assertThat(compared.low()).isBetween(0.10, 0.15);
        assertThat(compared.high()).isBetween(0.35, 0.40);
        assertThat(compared.onlyA()).isEqualTo(10);
        assertThat(compared.onlyB()).isZero();
    }

    @Test
    void qrelsOfBeirAreReadToo() throws IOException {
        assertThat(Qrels.read(file("query-id\tcorpus-id\tscore\n1\t31715818\t1\n")).byQuery())
                .isEqualTo(Map.of("1", Map.of("31715818", 1)));
    }

    @Test
    void everyBadLineIsNamedWithItsFileAndNumber() throws IOException {
        var qrels = file("q1 0 a 1\nq1 0 a 1\n\nq1 0 b\nq1 0 c x\n");
        assertThatThrownBy(() -> Qrels.read(qrels))
                .hasMessageContaining(qrels + ":2: document a is judged twice for question q1")
                .hasMessageContaining(qrels + ":4: a line must have 4 fields")
                .hasMessageContaining(qrels + ":5: the relevance must be a whole number, got 'x'");
        var run = file("q1 Q0 a 1 NaN x\nq1 Q0 b 1 ? x\nq1 Q0 c 1 1\nq1 Q0 d 1 1 x\nq1 Q0 d 2 0 x");
        assertThatThrownBy(() -> TrecRun.read(run))
                .hasMessageContaining(run + ":1: the score must be a finite number, got 'NaN'")
                .hasMessageContaining(run + ":2: the score must be a number, got '?'")
                .hasMessageContaining(run + ":3: a line must have 6 fields")
                .hasMessageContaining(run + ":5: document d is found twice for question q1")
                .hasMessageContaining("4 problems");
        assertThatThrownBy(() -> TrecRun.read(file("\n"))).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Qrels.read(folder.resolve("no")))
                .hasMessageContaining("there is no file");
    }

    @Test
    void aWrittenRunKeepsItsOrderWhateverTheIds() throws IOException {
        var file = folder.resolve("run.trec");
        var ids = IntStream.range(0, 1000).mapToObj(i -> "my doc%" + i % 7 + "/" + i).toList();
        TrecRun.write(file, Map.of("q 1", ids), "sartor");
        var read = TrecRun.read(file).byQuery();
        assertThat(read.keySet()).containsExactly("q%201");
        assertThat(Ranking.of(read.getOrDefault("q%201", Map.of())).ids())
                .containsExactlyElementsOf(
                        ids.stream().map(i -> i.replace("%", "%25").replace(" ", "%20")).toList());
        assertThat(ids).allMatch(id -> TrecRun.id(TrecRun.field(id)).equals(id));
        assertThat(TrecRun.id(TrecRun.field("a%20b\tc"))).isEqualTo("a%20b\tc");
        assertThat(Files.readAllLines(file).get(1))
                .isEqualTo("q%201 Q0 my%20doc%251/1 2 0.5 sartor");
    }

    @Test
    void anUnknownMetricIsNamedWithTheNearest() {
        assertThatThrownBy(() -> RankingMetric.named("ndgc@10"))
                .hasMessageContaining("Did you mean 'ndcg'?");
        assertThatThrownBy(() -> RankingMetric.named("ndcg@0"))
                .hasMessageContaining("a number of ranks from 1");
        assertThat(RankingMetric.usual())
                .extracting(RankingMetric::toString)
                .containsExactly("ndcg@10", "recall@5", "recall@100", "mrr", "map");
    }

    @Test
    void relevantAreTheDocumentsJudgedAboveZero() throws IOException {
        var qrels = Qrels.read(file("q1 0 a 2\nq1 0 b 0\nq1 0 c -1\nq1 0 d 1\n"));
        assertThat(qrels.relevant("q1")).containsExactlyInAnyOrder("a", "d");
        assertThat(qrels.relevant("q2")).isEmpty();
    }

    @Test
    void aLineOfBeirsTableHasThreeFields() throws IOException {
        var table = file("query-id\tcorpus-id\tscore\n1\t2\t1\n1\t0\t2\t1\n");
        assertThatThrownBy(() -> Qrels.read(table))
                .hasMessageContaining(table + ":3: a line must have 3 fields")
                .hasMessageContaining("got 4");
    }

    @Test
    void qrelsThatJudgeNothingAreRefused() throws IOException {
        var heading = file("query-id corpus-id score\n");
        assertThatThrownBy(() -> Qrels.read(heading))
                .hasMessageContaining("must hold at least one judged document");
    }

    @Test
    void aFileThatIsNotUtf8IsSaidToBe() throws IOException {
        var latin = Files.write(folder.resolve("latin"), new byte[] {'q', (byte) 0xe4, '\n'});
        assertThatThrownBy(() -> TrecRun.read(latin))
                .hasMessageContaining(latin + " must be UTF-8");
    }

    @Test
    void whatCannotBeReadIsSaidToBeMissing() {
        assertThatThrownBy(() -> TrecRun.read(folder))
                .hasMessageContaining("cannot read " + folder)
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.MISSING);
    }

    @Test
    void aFigureHasTheMeanAndTheBootstrapsInterval() throws IOException {
        var scores =
                RetrievalScores.of(
                        Qrels.read(file("q1 0 a 1\nq2 0 b 1\n")),
                        TrecRun.read(file("q1 Q0 a 1 3.5 x\n")),
                        List.of(NDCG));
        assertThat(scores.figure(NDCG)).isEqualTo(new RetrievalScores.Figure(0.5, 0, 1));
        assertThat(scores.metrics()).containsExactly(NDCG);
    }

    @Test
    void aMetricThatWasNotMeasuredHasNoFigure() throws IOException {
        var scores =
                RetrievalScores.of(
                        Qrels.read(file("q1 0 a 1\n")),
                        TrecRun.read(file("q1 Q0 a 1 3.5 x\n")),
                        List.of(NDCG));
        assertThatThrownBy(() -> scores.figure(RankingMetric.named("map")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("map was not measured");
    }

    @Test
    void whatIsHandedOutOfTheScoresDoesNotChangeThem() throws IOException {
        var scores =
                RetrievalScores.of(
                        Qrels.read(file("q1 0 a 1\n")),
                        TrecRun.read(file("q1 Q0 a 1 3.5 x\n")),
                        List.of(NDCG));
        scores.perQuestion(NDCG)[0] = 7;
        assertThat(scores.perQuestion(NDCG)).containsExactly(1);
    }

    @Test
    void aMetricsNameMayHaveCapitalsAndNoCut() {
        assertThat(RankingMetric.named(" MAP "))
                .isEqualTo(new RankingMetric(RankingMetric.Kind.MAP, RankingMetric.ALL));
        assertThat(RankingMetric.named("Recall@20"))
                .isEqualTo(new RankingMetric(RankingMetric.Kind.RECALL, 20));
        assertThatThrownBy(() -> RankingMetric.named("@10"))
                .hasMessageContaining("unknown metric '@10'");
    }
}
