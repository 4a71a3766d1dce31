package dev.sartor.serve.http;

import dev.sartor.core.Answer;
import dev.sartor.core.work.Retrieval;
import dev.sartor.serve.AuditEntry;
import dev.sartor.serve.TracedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// When the parts of one request begin and end, noted while it is answered. Thread-safe.
public final class RequestTrace {
    /// Of a `traceparent` of version 00 (W3C Trace Context).
    private static final int PARENT_LENGTH = 55;

    private final long began = System.nanoTime();
    private final Optional<String> parent;
    private final ConcurrentLinkedQueue<AnswerTrace> answers = new ConcurrentLinkedQueue<>();
    private volatile Optional<TracedRequest.Wanted> wanted = Optional.empty();
    private volatile OptionalLong waiting = OptionalLong.empty();
    private volatile OptionalLong working = OptionalLong.empty();

    /// @param parent the caller's `traceparent`; one of another length is none
    RequestTrace(Optional<String> parent) {
        this.parent = parent.filter(header -> header.length() == PARENT_LENGTH);
    }

    public void wanted(TracedRequest.Wanted asked) {
        wanted = Optional.of(asked);
    }

    /// It stands in line from now on.
    public void waiting() {
        waiting = OptionalLong.of(System.nanoTime());
    }

    /// It has its place.
    public void working() {
        working = OptionalLong.of(System.nanoTime());
    }

    /// One of its answers is begun.
    public AnswerTrace answer() {
        var answer = new AnswerTrace();
        answers.add(answer);
        return answer;
    }

    TracedRequest told(AuditEntry entry) {
        long now = System.nanoTime();
        var waited =
                waiting.isEmpty()
                        ? Optional.<TracedRequest.Period>empty()
                        : Optional.of(
                                new TracedRequest.Period(waiting.getAsLong(), working.orElse(now)));
        return new TracedRequest(
                entry,
                began,
                parent,
                wanted,
                waited,
                answers.stream().map(each -> each.told(now)).toList());
    }

    /// When the parts of one answer begin and end. Used by the thread that makes it, and read when that has ended.
    public static final class AnswerTrace {
        private final long from = System.nanoTime();
        private final List<Retrieval> retrievals = new ArrayList<>();
        private OptionalLong firstText = OptionalLong.empty();
        private OptionalLong to = OptionalLong.empty();
        private Optional<TracedRequest.Made> made = Optional.empty();

        /// Makes the answer, and notes what is retrieved for it.
        public Answer make(Supplier<Answer> making) {
            try {
                var answer = Retrieval.heard(retrievals::add, making);
                made = Optional.of(new TracedRequest.Made(answer.usage(), answer.finish()));
                return answer;
            } finally {
                to = OptionalLong.of(System.nanoTime());
            }
        }

        /// Its first text is there.
        public void firstText() {
            firstText = OptionalLong.of(System.nanoTime());
        }

        private TracedRequest.Making told(long now) {
            return new TracedRequest.Making(from, firstText, to.orElse(now), retrievals, made);
        }
    }
}
