package dev.sartor.tune;

import dev.sartor.core.work.Progress;
import java.util.List;

/// Keeps what is said.
public record Told(List<String> lines) implements Progress {
    @Override
    public Step begin(String what, long total, String unit) {
        return Progress.silent().begin(what, total, unit);
    }

    @Override
    public void say(String line) {
        lines.add(line);
    }
}
