package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.Progress;
import dev.sartor.core.Sampling;
import dev.sartor.hub.Caches;
import dev.sartor.hub.Gate;
import dev.sartor.hub.Hub;
import dev.sartor.hub.Use;
import dev.sartor.model.LoraAdapter;
import dev.sartor.model.LoraLayout;
import dev.sartor.model.LoraRanks;
import dev.sartor.model.LoraSettings;
import dev.sartor.model.LoraTargets;
import dev.sartor.model.ModuleNames;
import dev.sartor.model.PeftFolder;
import dev.sartor.model.Precision;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A question for an adapter that finds no slot.
@Tag("models")
class AdapterWaitTest {
    private static final int[] PROMPT = {5001, 5002, 5003, 5004, 5005, 5006, 5007, 5008};

    @TempDir Path folder;

    @Test
    void sleepsUntilASlotIsGivenBackAndLeavesWhenItsCallerIsInterrupted() throws Exception {
        try (var model = open();
                var responders = model.withAdapters(1, 4)) {
            var first = adapter(model, "first");
            var second = adapter(model, "second");
            var said = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            var holding =
                    started(
                            responders,
                            first,
                            token -> {
                                said.countDown();
                                return awaited(goOn);
                            });
            assertThat(said.await(60, TimeUnit.SECONDS)).isTrue();
            var waiting = started(responders, second, token -> true);
            var leaving = started(responders, second, token -> true);
            Thread.sleep(1000); // both have looked and found no slot
            long before = waits(waiting);
            Thread.sleep(500);
            assertThat(waits(waiting) - before).isLessThan(5);
            leaving.thread().interrupt();
            assertThat(finish(leaving)).isEqualTo(Answer.Finish.CANCELLED);
            goOn.countDown();
            assertThat(finish(holding)).isNotEqualTo(Answer.Finish.CANCELLED);
            assertThat(finish(waiting)).isNotEqualTo(Answer.Finish.CANCELLED);
        }
    }

    private record Asked(Thread thread, FutureTask<Completion> task) {}

    private static Asked started(AdapterResponders responders, Path adapter, TokenSink sink) {
        var prompt = Prompt.free(PROMPT, 4, Sampling.greedy(), sink);
        var task =
                new FutureTask<>(() ->
                        responders
                                .generator(Optional.of(adapter))
                                .complete(
                                        List.of(prompt),
                                        List.of(),
                                        Progress.silent().begin("", 1, ""))
                                .getFirst());
        return new Asked(Thread.ofPlatform().daemon().start(task), task);
    }

    /// How often a thread has begun to wait.
    private static long waits(Asked asked) {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(asked.thread().threadId())
                .getWaitedCount();
    }

    private static Answer.Finish finish(Asked asked) throws Exception {
        return asked.task().get(60, TimeUnit.SECONDS).text().orElseThrow().finish();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LanguageModel open() {
        return LanguageModel.open(
                "smollm2-135m-instruct",
                Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed())
                        .pull("smollm2-135m-instruct", Progress.silent())
                        .folder(),
                Precision.INT8,
                Clock.systemUTC());
    }

    private Path adapter(LanguageModel model, String name) {
        var targets = LoraTargets.of(new ModuleNames.Listed(List.of("q_proj", "v_proj")));
        var layout =
                LoraLayout.of(model.decoder(), LoraSettings.plain(targets, LoraRanks.of(4, 8)));
        var to = folder.resolve(name);
        Engine.run(() -> {
            try (var _ = TensorScope.open();
                    var adapter = LoraAdapter.zero(layout, DType.F32)) {
                PeftFolder.write(to, adapter, new PeftFolder.Origin(name, "CAUSAL_LM", 0));
            }
        });
        return to;
    }
}
