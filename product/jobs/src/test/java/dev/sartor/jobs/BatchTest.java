package dev.sartor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.state.NewKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches as callers meet them over HTTP.
class BatchTest {
    @TempDir private Path folder;

    private static String line(String id, String model) {
        return "{\"custom_id\": \"%s\", \"method\": \"POST\", \"url\": \"%s\", \"body\": {\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"say %s\"}]}}\n"
                .formatted(id, Desk.CHAT, model, id);
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> line("c" + i, "m"))
                .collect(Collectors.joining());
    }

    private static String batch(Desk desk, NewKey key, String lines) {
        var file = desk.upload(key, "batch", lines).get("id");
        var made =
                desk.post(
                        key,
                        "/v1/batches",
                        Map.of(
                                "input_file_id",
                                file,
                                "endpoint",
                                Desk.CHAT,
                                "completion_window",
                                "24h"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return "/v1/batches/" + made.get("id");
    }

    @Test
    void eachLineIsAnsweredOrRefusedInAFileOfItsOwn() {
        try (var desk = new Desk(folder)) {
            var ann = desk.key("ann", "acme");
            var done =
                    desk.when(
                            ann,
                            batch(desk, ann, line("a", "m") + line("b", "gpt") + line("c", "m")),
                            "completed");
            assertThat(done.json().path("request_counts").toString())
                    .isEqualTo("{\"total\":3,\"completed\":2,\"failed\":1}");
            var answers =
                    desk.get(ann, "/v1/files/" + done.get("output_file_id") + "/content").text();
            assertThat(answers.lines()).hasSize(2);
            assertThat(answers).contains("base: say a", "base: say c");
            var refused =
                    desk.get(ann, "/v1/files/" + done.get("error_file_id") + "/content").text();
            assertThat(refused).contains("\"custom_id\":\"b\"", "model_not_found");
            assertThat(
                            desk.get(desk.key("bob", "globex"), "/v1/batches/" + done.get("id"))
                                    .status())
                    .isEqualTo(404);
            assertThat(desk.audited)
                    .extracting(entry -> entry.action())
                    .contains("BATCH " + Desk.CHAT);
            assertThat(desk.traced)
                    .filteredOn(each -> each.entry().action().equals("BATCH " + Desk.CHAT))
                    .extracting(each -> each.entry().status())
                    .containsExactly(200, 404, 200);
        }
    }

    @Test
    void wrongLinesAreToldBeforeAnythingIsAnswered() {
        try (var desk = new Desk(folder)) {
            var ann = desk.key("ann", "acme");
            var failed =
                    desk.when(
                            ann,
                            batch(desk, ann, line("a", "m") + line("a", "m") + "{\n"),
                            "failed");
            assertThat(failed.text())
                    .contains("duplicate_custom_id", "\"line\":2", "invalid_json_line");
            assertThat(desk.model.asked).isEmpty();
        }
    }

    @Test
    void aKeyThatIsTakenBackEndsItsBatchWithTheReason() {
        var held = new CountDownLatch(1);
        try (var desk = new Desk(folder, FileLimits.usual(), held)) {
            var rita = desk.key("rita", "acme");
            var ann = desk.key("ann", "acme");
            var path = batch(desk, rita, lines(9));
            desk.when(ann, path, "in_progress");
            desk.state.keys().revoke(rita.key().id());
            held.countDown();
            var failed = desk.when(ann, path, "failed");
            assertThat(failed.text()).contains("access_ended", "does not hold any more");
            assertThat(desk.model.asked.size()).isLessThan(9);
        }
    }

    @Test
    void noLineIsAnsweredTwiceThoughTheServerEndsInBetween() {
        NewKey ann;
        String path;
        try (var desk = new Desk(folder)) {
            ann = desk.key("ann", "acme");
            path = batch(desk, ann, lines(200));
            desk.when(
                    ann,
                    path,
                    reply -> reply.json().path("request_counts").path("completed").intValue() > 3);
        }
        try (var desk = new Desk(folder)) {
            var done = desk.when(ann, path, "completed");
            var answers =
                    desk.get(ann, "/v1/files/" + done.get("output_file_id") + "/content").text();
            assertThat(
                            answers.lines()
                                    .map(line ->
                                            line.replaceAll(".*\"custom_id\":\"(\\w+)\".*", "$1")))
                    .hasSize(200)
                    .doesNotHaveDuplicates();
            assertThat(desk.model.asked.size()).isLessThan(197);
        }
    }
}
