package dev.sartor.spark;

import dev.sartor.hub.cache.Caches;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/// What libtorch's bindings read when they are loaded. Spark starts its executors with options of its own, so these are set by
/// the first task that opens a model.
final class EngineOptions {
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)(?:,\\d+)?]");

    private EngineOptions() {}

    /// What the executor's command line says stays as it is.
    static void set() {
        // JavaCPP counts mapped weights among what it limits to four times the heap.
        usual("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        usual("org.bytedeco.javacpp.maxBytes", "0");
        usual("org.bytedeco.javacpp.nopointergc", "true");
        usual("org.bytedeco.javacpp.cachedir", Caches.standard().javacpp().toString());
    }

    private static void usual(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /// How many cores an executor has; empty where it has all of its machine's.
    static OptionalInt cores(SparkConf conf) {
        var local = LOCAL.matcher(conf.get("spark.master", ""));
        if (local.matches()) {
            return OptionalInt.of(Integer.parseInt(local.group(1)));
        }
        int cores = conf.getInt("spark.executor.cores", 0);
        return cores > 0 ? OptionalInt.of(cores) : OptionalInt.empty();
    }
}
