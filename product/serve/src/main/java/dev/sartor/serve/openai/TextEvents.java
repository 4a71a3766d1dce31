package dev.sartor.serve.openai;

import dev.sartor.core.Answer;
import dev.sartor.serve.http.EventStream;
import java.util.List;
import java.util.function.Consumer;

/// Sends each piece of one answer's text as a chunk.
final class TextEvents implements Consumer<String> {
    private final EventStream events;
    private final Completion completion;
    private final int index;
    private boolean begun;

    /// @param index which of several answers
    TextEvents(EventStream events, Completion completion, int index) {
        this.events = events;
        this.completion = completion;
        this.index = index;
    }

    @Override
    public void accept(String piece) {
        events.refuseIfGone();
        if (!piece.isEmpty()) {
            begin();
            events.send(completion.chunk(index, piece));
        }
    }

    /// Ends all answers of one stream, and it.
    static void end(List<TextEvents> texts, List<Answer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            texts.get(i).end(answers.get(i));
        }
        var first = texts.getFirst();
        if (first.completion.withUsage()) {
            first.events.send(first.completion.usageChunk(answers));
        }
        first.events.sendDone();
    }

    private void end(Answer answer) {
        var last = completion.lastChunk(index, answer);
        begin();
        events.send(last);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            events.send(completion.firstChunk(index));
        }
    }
}
