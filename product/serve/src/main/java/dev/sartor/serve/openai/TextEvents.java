package dev.sartor.serve.openai;

import dev.sartor.core.Answer;
import dev.sartor.serve.http.EventStream;
import dev.sartor.serve.http.Failure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Sends each piece of the answers' texts as a chunk. Thread-safe for different answers.
final class TextEvents implements Rendering.Live {
    private final EventStream events;
    private final Completion completion;
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    TextEvents(EventStream events, Completion completion) {
        this.events = events;
        this.completion = completion;
    }

    @Override
    public Consumer<String> text(int index) {
        return piece -> {
            events.refuseIfGone();
            if (!piece.isEmpty()) {
                begin(index);
                events.send(completion.chunk(index, piece));
            }
        };
    }

    @Override
    public void end(List<Answer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            var last = completion.lastChunk(i, answers.get(i));
            begin(i);
            events.send(last);
        }
        if (completion.withUsage()) {
            events.send(completion.usageChunk(answers));
        }
        events.sendDone();
    }

    @Override
    public void fail(Failure failure) {
        events.send(failure.json());
    }

    private void begin(int index) {
        if (begun.add(index)) {
            events.send(completion.firstChunk(index));
        }
    }
}
