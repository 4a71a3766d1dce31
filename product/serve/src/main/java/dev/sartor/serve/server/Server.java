package dev.sartor.serve.server;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.Transport;
import dev.sartor.serve.adapter.AdaptersEndpoint;
import dev.sartor.serve.http.Admission;
import dev.sartor.serve.http.AuditTrails;
import dev.sartor.serve.http.Doors;
import dev.sartor.serve.http.Gate;
import dev.sartor.serve.http.Metering;
import dev.sartor.serve.http.Meters;
import dev.sartor.serve.job.JobPorts;
import dev.sartor.serve.openai.Answering;
import dev.sartor.serve.openai.ChatEndpoint;
import dev.sartor.serve.openai.EmbeddingsEndpoint;
import dev.sartor.serve.openai.ModelsEndpoint;
import dev.sartor.serve.openai.responses.ResponsesEndpoint;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The OpenAI-compatible HTTP API over some models, running. Each request has a virtual thread; how many are answered at
/// once is bounded by the {@link Limits}. Closing it closes none of the models.
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /// After the limit, running requests are told to end; the next piece of text ends them.
    private static final Duration CUT_GRACE = Duration.ofSeconds(2);

    /// After the last answer is made, its last bytes are sent.
    private static final Duration LAST_BYTES = Duration.ofSeconds(2);

    /// Adapters that are received at the same time.
    private static final int UPLOADS = 4;

    private static final int UPLOADS_IN_LINE = 16;

    /// Bytes of an answer that the system takes before the client does: more would hide that it reads nothing.
    private static final int SENT_AHEAD = 128 << 10;

    private final ServerSettings settings;
    private final Admission chatAdmission;
    private final Admission embeddingAdmission;
    private final Admission adapterAdmission;
    private final Meters meters = new Meters();
    private final Cancellation stopping = new Cancellation();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Optional<FollowedTls> tls;
    private final Javalin javalin;
    private final int port;

    private Server(
            ServerSettings settings, ServedModels models, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.chatAdmission = new Admission(settings.limits());
        this.embeddingAdmission = new Admission(settings.limits());
        this.adapterAdmission =
                new Admission(settings.limits().withRunning(UPLOADS, UPLOADS_IN_LINE));
        meters.watch(chatAdmission, "chat");
        meters.watch(embeddingAdmission, "embeddings");
        chatAdmission.tell(settings.ports().telemetry(), "chat");
        embeddingAdmission.tell(settings.ports().telemetry(), "embeddings");
        var limits = settings.limits();
        var metering = new Metering(settings.ports().quotas());
        var answering =
                new Answering(models, limits, new Doors(chatAdmission, metering), meters, random);
        var chat = new ChatEndpoint(answering, limits, clock);
        var responses = new ResponsesEndpoint(answering, limits, clock);
        var adapters =
                new AdaptersEndpoint(settings.ports().adapters(), models, adapterAdmission, meters);
        var embed =
                new EmbeddingsEndpoint(
                        models, limits, new Doors(embeddingAdmission, metering), meters);
        var gate = new Gate(settings);
        meters.watch(gate);
        var trails = new AuditTrails(settings.ports().audit(), settings.ports().telemetry(), clock);
        var jobs = settings.ports().jobs();
        var routes =
                new Routes(gate, trails, meters, random, stopping)
                        .with(jobs.map(each -> new JobRoutes(each, gate, models, limits)));
        this.tls =
                settings.transport() instanceof Transport.Tls files
                        ? Optional.of(FollowedTls.begin(files))
                        : Optional.empty();
        this.javalin =
                Javalin.create(config -> {
                    configure(config);
                    routes.lay(
                            config.routes,
                            chat,
                            embed,
                            new ModelsEndpoint(models, clock.instant()));
                    routes.layAdapters(config.routes, adapters);
                    routes.layResponses(config.routes, responses);
                });
        try {
            javalin.start();
        } catch (RuntimeException e) {
            tls.ifPresent(FollowedTls::close);
            throw e;
        }
        this.port = javalin.port();
        settings.ports().telemetry().serving(url());
        jobs.ifPresent(each -> each.begin(new BatchAnswers(gate, trails, random, chat, embed)));
    }

    /// Listens when it returns.
    ///
    /// @throws SartorException a user's error where the port is taken or the address is not this machine's
    public static Server start(ServerSettings settings, ServedModels models) {
        return start(settings, models, Clock.systemUTC(), new SecureRandom());
    }

    /// @param random makes requests' ids, and seeds where clients send none; thread-safe
    public static Server start(
            ServerSettings settings, ServedModels models, Clock clock, RandomGenerator random) {
        return new Server(settings, models, clock, random);
    }

    /// The port that was taken, also where the settings left it open.
    public int port() {
        return port;
    }

    /// Where clients on this machine find it: their base URL is this with `/v1` behind.
    public URI url() {
        var address = settings.address();
        var literal = address.getHostAddress();
        var host =
                address.isAnyLocalAddress()
                        ? "127.0.0.1"
                        : literal.contains(":") ? "[" + literal + "]" : literal;
        return URI.create((tls.isPresent() ? "https://" : "http://") + host + ":" + port());
    }

    /// Takes on no more requests, lets the running ones finish up to the limit, then ends them.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stopping.ask();
        settings.ports().jobs().ifPresent(JobPorts::end);
        for (var connector : javalin.jettyServer().server().getConnectors()) {
            ((ServerConnector) connector).close();
        }
        if (!isIdleWithin(settings.limits().longestStop())) {
            chatAdmission.cut();
            embeddingAdmission.cut();
            adapterAdmission.cut();
            isIdleWithin(CUT_GRACE);
        }
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.warn("requests that did not end were left behind", e);
        }
        tls.ifPresent(FollowedTls::close);
        meters.close();
    }

    private boolean isIdleWithin(Duration time) {
        var deadline = System.nanoTime() + time.toNanos();
        return chatAdmission.isIdleWithin(time)
                && embeddingAdmission.isIdleWithin(
                        Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))
                && adapterAdmission.isIdleWithin(
                        Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    private void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.modifyServer(jetty -> {
            jetty.setHandler(new GracefulHandler());
            jetty.setStopTimeout(LAST_BYTES.toMillis());
        });
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setUriCompliance(
                    UriCompliance.DEFAULT.with(
                            "slashes in model names",
                            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        });
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.addConnector(this::connector);
    }

    private Connector connector(org.eclipse.jetty.server.Server jetty, HttpConfiguration http) {
        var connector = new WatchedConnector(jetty, layers(http));
        connector.setIdleTimeout(settings.limits().idle().toMillis());
        connector.setAcceptedSendBufferSize(SENT_AHEAD);
        try {
            connector.open(Listening.on(settings));
        } catch (IOException e) {
            throw SartorException.missing("cannot listen: " + e.getMessage(), e);
        }
        return connector;
    }

    private ConnectionFactory[] layers(HttpConfiguration http) {
        var plain = new HttpConnectionFactory(http);
        if (tls.isEmpty()) {
            return new ConnectionFactory[] {plain};
        }
        http.addCustomizer(new SecureRequestCustomizer(false)); // callers may use the address
        var encrypting =
                new SslConnectionFactory(tls.get().factory(), HttpVersion.HTTP_1_1.asString());
        return new ConnectionFactory[] {encrypting, plain};
    }
}
