package dev.sartor.spark.command;

import dev.sartor.cli.console.Console;
import dev.sartor.core.SartorException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/// The cluster that does the work.
final class SparkOptions {
    /// Jars that executors need, as the launcher names them.
    private static final String JARS = "sartor.spark.jars";

    private static final String ON_CLASS_PATH = "spark.executor.extraClassPath";

    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            required = true,
            description =
                    "Spark's master: local[4] for four threads of this process, spark://host:7077, yarn or k8s://….")
    String master = "";

    @Option(
            names = "--spark-conf",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Spark's, such as spark.executor.memory=4g. May be repeated. Credentials are best left to"
                            + " Spark's own files and variables.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--executors-within",
            paramLabel = "SECONDS",
            description = "How long to wait for the first executor (default: ${DEFAULT-VALUE}).")
    int patience = 60;

    /// @param what is done, for Spark's page
    /// @throws SartorException resources are missing where the master is away, or gives no executor
    SparkSession open(String what, Console console) {
        var reached = new SparkMaster(master);
        reached.refuseIfAway();
        var builder =
                SparkSession.builder()
                        .master(master)
                        .appName("sartor table " + what)
                        .config("spark.ui.showConsoleProgress", "false")
                        // A task's files are put in place when it ends, all of them when the job
                        // does.
                        .config(
                                "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version",
                                "1");
        if (!reached.isLocal()) {
            jars().ifPresent(jars -> builder.config("spark.jars", jars));
        }
        settings.forEach(builder::config);
        var session = builder.getOrCreate();
        try {
            reached.awaitExecutors(session.sparkContext(), patience);
        } catch (RuntimeException e) {
            session.stop();
            throw e;
        }
        var page = session.sparkContext().uiWebUrl();
        if (page.isDefined()) {
            console.say("Spark shows how far it is at " + page.get());
        }
        return session;
    }

    /// Empty where they are on the executors' class path.
    private Optional<String> jars() {
        if (settings.containsKey(ON_CLASS_PATH) || settings.containsKey("spark.jars")) {
            return Optional.empty();
        }
        var jars = Optional.ofNullable(System.getProperty(JARS));
        if (jars.isEmpty()) {
            throw SartorException.user(
                    "executors need Sartor's jars: name a folder with them that is there on every machine, such as"
                            + " --spark-conf "
                            + ON_CLASS_PATH
                            + "=/opt/sartor/lib/*, or start by the script `sartor`, which sends them.");
        }
        return jars;
    }
}
