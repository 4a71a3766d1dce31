package dev.sartor.retrieve;

import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Progress that keeps what it was told.
public final class Watched implements Progress {
    public final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    public final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Step begin(String what, long total, String unit) {
        steps.add(what + " " + total);
        return Progress.silent().begin(what, total, unit);
    }

    @Override
    public void say(String line) {
        lines.add(line);
    }
}
