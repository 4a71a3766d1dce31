package dev.sartor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files, jobs and batches as callers meet them over HTTP.
class JobsTest {
    private static final String JOBS = "/v1/fine_tuning/jobs";

    @TempDir private Path folder;

    @Test
    void aFileIsItsOwnersAloneAndForOthersItIsAsIfItWereMadeUp() {
        try (var desk = new Desk(folder)) {
            var ann = desk.key("ann", "acme");
            var colleague = desk.key("cy", "acme");
            var strangers = List.of(desk.key("bob", "globex"), desk.key("ann", ""));
            var made = desk.upload(ann, "fine-tune", "one\ntwo\n");
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            var path = "/v1/files/" + made.get("id");
            assertThat(desk.get(colleague, path + "/content").text()).isEqualTo("one\ntwo\n");
            assertThat(made.json().path("bytes").intValue()).isEqualTo(8);
            for (var stranger : strangers) {
                var invented = "/v1/files/file-" + "A".repeat(24);
                for (var end : List.of("", "/content")) {
                    var told = desk.get(stranger, path + end);
                    assertThat(told.status()).isEqualTo(404);
                    assertThat(told.text().replace(made.get("id"), ""))
                            .isEqualTo(
                                    desk.get(stranger, invented + end)
                                            .text()
                                            .replace("file-" + "A".repeat(24), ""));
                }
                assertThat(desk.delete(stranger, path).status()).isEqualTo(404);
                assertThat(desk.get(stranger, "/v1/files").json().path("data")).isEmpty();
            }
            assertThat(desk.audited)
                    .extracting(entry -> entry.action())
                    .contains(
                            "POST /v1/files",
                            "GET /v1/files/{id}/content",
                            "DELETE /v1/files/{id}");
            assertThat(desk.delete(colleague, path).status()).isEqualTo(200);
            assertThat(desk.get(ann, path).status()).isEqualTo(404);
        }
    }

    @Test
    void aKeyReachesWhatItIsForAndNothingElse() {
        try (var desk = new Desk(folder)) {
            var tunes = desk.key("ann", "acme", Scope.TUNE);
            var asks = desk.key("ann", "acme", Scope.INFER);
            var embeds = desk.key("ann", "acme", Scope.EMBED);
            var file = "/v1/files/" + desk.upload(tunes, "fine-tune", "a").get("id");
            assertThat(desk.upload(asks, "fine-tune", "a").status()).isEqualTo(403);
            assertThat(desk.upload(tunes, "batch", "a").status()).isEqualTo(403);
            assertThat(desk.get(asks, file).status()).isEqualTo(404);
            assertThat(desk.get(asks, "/v1/files").json().path("data")).isEmpty();
            assertThat(desk.get(embeds, "/v1/files").status()).isEqualTo(403);
            assertThat(desk.get(asks, JOBS).status()).isEqualTo(403);
            assertThat(desk.get(tunes, "/v1/batches").status()).isEqualTo(403);
        }
    }

    @Test
    void whatIsTooMuchIsRefusedAndLeavesNothing() {
        try (var desk = new Desk(folder, new FileLimits(100, 150, 3), new CountDownLatch(0))) {
            var ann = desk.key("ann", "acme");
            assertThat(desk.upload(ann, "batch", "x".repeat(101)).status()).isEqualTo(413);
            assertThat(desk.upload(ann, "batch", "x".repeat(100)).status()).isEqualTo(200);
            assertThat(desk.upload(ann, "batch", "x".repeat(51)).message()).contains("do not fit");
            assertThat(desk.upload(ann, "batch_output", "x").status()).isEqualTo(400);
            assertThat(desk.get(ann, "/v1/files").json().path("data")).hasSize(1);
            assertThat(folder.resolve("files/content").toFile().list()).hasSize(1);
            assertThat(folder.resolve("files/aside").toFile().list()).isEmpty();
            assertThat(desk.upload(desk.key("bob", "globex"), "batch", "y").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aJobIsTrainedAndItsModelServedToItsOwnerAlone() {
        try (var desk = new Desk(folder)) {
            var ann = desk.key("ann", "acme");
            var bob = desk.key("bob", "globex");
            var job = desk.job(ann, Map.of("suffix", "desk"));
            var done = desk.when(ann, job, "succeeded");
            var model = done.get("fine_tuned_model");
            assertThat(model).startsWith("ft:m:acme:desk:");
            var chat =
                    Map.of(
                            "model",
                            model,
                            "messages",
                            List.of(Map.of("role", "user", "content", "hello")));
            assertThat(desk.post(ann, Desk.CHAT, chat).text()).contains("tuned: hello");
            assertThat(desk.post(bob, Desk.CHAT, chat).status()).isEqualTo(404);
            assertThat(desk.get(ann, "/v1/models").text()).contains(model);
            assertThat(desk.get(bob, "/v1/models").text()).doesNotContain("ft:");
            var events = desk.get(ann, job + "/events").text();
            assertThat(events)
                    .contains("Step 1: training loss=2.5000", "validation token_f1", "held out");
            var kept = desk.get(ann, job + "/checkpoints").json().path("data");
            assertThat(kept.path(0).path("step_number").intValue()).isEqualTo(2);
            for (var end : List.of("", "/events", "/checkpoints")) {
                assertThat(desk.get(bob, job + end).status()).isEqualTo(404);
            }
            for (var end : List.of("/cancel", "/pause", "/resume")) {
                assertThat(desk.post(bob, job + end, "").status()).isEqualTo(404);
            }
            assertThat(desk.post(ann, job + "/cancel", "").status()).isEqualTo(400);
        }
    }

    @Test
    void wrongRowsAreToldWithTheirLineAndWrongParametersByName() {
        try (var desk = new Desk(folder)) {
            var ann = desk.key("ann", "acme");
            var rows =
                    Desk.rows(11)
                            + "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}]}\n{oops\n";
            var file = desk.upload(ann, "fine-tune", rows).get("id");
            var failed = desk.when(ann, desk.job(ann, Map.of("training_file", file)), "failed");
            assertThat(failed.message())
                    .contains(
                            "line 12: messages must end with the assistant's turn",
                            "line 13: it is not valid JSON");
            assertThat(desk.trainer.started).isEmpty();
            var wrong =
                    Map.of(
                            "model",
                            "m",
                            "training_file",
                            file,
                            "suffix",
                            "a b",
                            "integrations",
                            List.of(1),
                            "best_of",
                            3);
            assertThat(desk.post(ann, JOBS, wrong).message())
                    .contains("suffix", "integrations", "best_of");
            var others =
                    desk.upload(desk.key("bob", "globex"), "fine-tune", Desk.rows(12)).get("id");
            assertThat(desk.post(ann, JOBS, Map.of("model", "m", "training_file", others)).status())
                    .isEqualTo(400);
            assertThat(desk.post(ann, JOBS, Map.of("model", "gpt", "training_file", file)).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aJobThatDoesNotFitInMemoryWaitsAndSaysSo() {
        try (var desk = new Desk(folder)) {
            desk.trainer.endings.add(
                    new Trainer.Ended(
                            3,
                            "",
                            "the training needs 9000 MiB and the process may hold 400: free some memory"));
            var ann = desk.key("ann", "acme");
            var job = desk.job(ann, Map.of());
            var events =
                    desk.when(
                            ann,
                            job + "/events",
                            reply -> reply.text().contains("waits for memory"));
            assertThat(events.text()).contains("needs 9000 MiB and the process may hold 400");
            assertThat(desk.get(ann, job).get("status")).isEqualTo("queued");
        }
    }

    @Test
    void aPausedJobGoesOnWhenItIsResumedAndACancelledOneNever() {
        try (var desk = new Desk(folder)) {
            desk.trainer.held = new CountDownLatch(1);
            var ann = desk.key("ann", "acme");
            var job = desk.job(ann, Map.of());
            desk.when(ann, job, "running");
            assertThat(desk.post(ann, job + "/pause", "").get("status")).isEqualTo("paused");
            desk.trainer.held.countDown();
            desk.trainer.held = new CountDownLatch(1);
            assertThat(desk.post(ann, job + "/resume", "").status()).isEqualTo(200);
            desk.when(ann, job, "running");
            assertThat(desk.post(ann, job + "/cancel", "").get("status")).isEqualTo("cancelled");
            assertThat(desk.post(ann, job + "/resume", "").status()).isEqualTo(400);
        }
    }

    @Test
    void whatRanWhenTheServerDiedGoesOnInTheNext() {
        String job;
        try (var desk = new Desk(folder)) {
            desk.trainer.held = new CountDownLatch(1);
            job = desk.job(desk.key("ann", "acme"), Map.of());
            desk.when(desk.key("ann", "acme"), job, "running");
        }
        try (var desk = new Desk(folder)) {
            var ann = desk.key("ann", "acme");
            desk.when(ann, job, "succeeded");
            assertThat(desk.trainer.started).hasSize(1);
            assertThat(desk.get(ann, job + "/events").text()).contains("goes on");
        }
        try (var desk = new Desk(folder)) {
            var ann = desk.key("ann", "acme");
            assertThat(desk.get(ann, "/v1/models").text()).contains("ft:m:acme::");
        }
    }

    @Test
    void twoServersDoNotShareAFolder() {
        try (var desk = new Desk(folder)) {
            assertThat(desk.jobs).isNotNull();
            Assertions.assertThatThrownBy(() -> new Desk(folder))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("is used by another server");
        }
    }
}
