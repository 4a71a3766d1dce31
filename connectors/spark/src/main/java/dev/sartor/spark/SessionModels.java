package dev.sartor.spark;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.sql.SparkSession;

/// What is seen to before a session's tasks open a model: whether the executors have memory for it, and, where they are this
/// process, that models are closed when the session ends.
final class SessionModels {
    private static final Set<SparkContext> CLOSING =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private SessionModels() {}

    /// @throws dev.sartor.core.SartorException where an executor's machine has no room for the model
    static void prepare(SparkSession session, UsedModel model) {
        var context = session.sparkContext();
        if (context.isLocal() && CLOSING.add(context)) {
            context.addSparkListener(new ClosesModels());
        }
        ExecutorMemory.check(context, model);
    }

    private static final class ClosesModels extends SparkListener {
        @Override
        public void onApplicationEnd(SparkListenerApplicationEnd end) {
            ExecutorModels.close();
        }
    }
}
