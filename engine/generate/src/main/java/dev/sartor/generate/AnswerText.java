package dev.sartor.generate;

import dev.sartor.generate.schedule.StopText;
import dev.sartor.generate.schedule.TokenSink;
import dev.sartor.tokenizer.TextStream;
import java.util.List;
import java.util.function.Consumer;

/// Turns one answer's tokens into text as they come: whole characters only, up to the first stop string.
public final class AnswerText implements TokenSink {
    private final TextStream stream;
    private final StopText stop;
    private final Consumer<String> onText;
    private final StringBuilder text = new StringBuilder();

    public AnswerText(TextStream stream, List<String> stops, Consumer<String> onText) {
        this.stream = stream;
        this.stop = new StopText(stops);
        this.onText = onText;
    }

    @Override
    public boolean accept(int token) {
        say(stop.push(stream.push(token)));
        return !stop.isStopped();
    }

    /// Says what was held back; the whole text.
    public String finish() {
        if (!stop.isStopped()) {
            say(stop.push(stream.finish()));
            say(stop.finish());
        }
        return text.toString();
    }

    private void say(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            onText.accept(piece);
        }
    }
}
