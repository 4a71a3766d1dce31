package dev.sartor.studio.read;

import dev.sartor.compare.approach.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Columns of answers that were read lately, within a bound: the one that was not asked for longest goes first. A file that has changed
/// since is read again. Thread-safe.
public final class AnswerColumns {
    private final long mostBytes;
    private final Map<Path, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// @param column which stays as it is
    private record Kept(Stamp stamp, AnswerColumn column, long bytes) {}

    /// @param mostBytes roughly, of all columns together; a table that takes more is still made, and read again each time
    public AnswerColumns(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// @param run a finished run's folder
    AnswerColumn column(Path run, boolean withQuestions) {
        var stamp = Stamp.of(new RunFolder(run).storedAnswers().file());
        synchronized (this) {
            var known = kept.get(run);
            if (known != null
                    && known.stamp().equals(stamp)
                    && (!withQuestions || !known.column().texts().questions().isEmpty())) {
                return known.column();
            }
        }
        var read = AnswerColumn.read(run);
        var column = shared(withQuestions ? read : read.withoutQuestions());
        keep(run, new Kept(stamp, column, column.bytes()));
        return column;
    }

    /// Candidates of one task answer the same examples: their names are kept once.
    private synchronized AnswerColumn shared(AnswerColumn column) {
        return kept.values().stream()
                .map(Kept::column)
                .filter(each -> each.ids().equals(column.ids()))
                .findFirst()
                .map(column::namedAs)
                .orElse(column);
    }

    private synchronized void keep(Path run, Kept column) {
        var before = Optional.ofNullable(kept.put(run, column));
        bytes += column.bytes() - before.map(Kept::bytes).orElse(0L);
        var oldest = kept.entrySet().iterator();
        while (bytes > mostBytes && kept.size() > 1 && oldest.hasNext()) {
            var next = oldest.next();
            if (!next.getKey().equals(run)) {
                bytes -= next.getValue().bytes();
                oldest.remove();
            }
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
