package dev.sartor.spark.command;

import dev.sartor.core.SartorException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/// Work in a session that ends with it, whose failures are told as Sartor's.
final class TableWork {
    private static final int MOST_SHOWN = 600;

    private TableWork() {}

    /// @param opened is asked for once
    static <T> T in(Supplier<SparkSession> opened, Function<SparkSession, T> work) {
        try {
            var session = opened.get();
            try {
                return work.apply(session);
            } finally {
                session.stop();
            }
        } catch (Exception e) {
            throw told(e);
        }
    }

    /// What a task says itself is the best reason that there is.
    static RuntimeException told(Exception failure) {
        Optional<SartorException> ours =
                causes(failure)
                        .filter(SartorException.class::isInstance)
                        .map(SartorException.class::cast)
                        .findFirst();
        if (ours.isPresent()) {
            return ours.get();
        }
        var first = shortened(failure);
        if (failure instanceof AnalysisException) {
            return SartorException.user("Spark refuses the table: " + first, failure);
        }
        if (causes(failure).anyMatch(SparkException.class::isInstance)) {
            return SartorException.missing(
                    "the job failed, and nothing was put in place: "
                            + first
                            + ". Spark's page and its executors' logs say more.",
                    failure);
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : SartorException.defect("the job failed: " + first, failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause).limit(32);
    }

    private static String shortened(Exception failure) {
        var text = String.valueOf(failure.getMessage()).strip();
        var line = text.lines().findFirst().orElse(failure.getClass().getSimpleName());
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…";
    }
}
