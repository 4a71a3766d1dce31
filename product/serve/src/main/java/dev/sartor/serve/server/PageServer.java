package dev.sartor.serve.server;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.http.ClientGone;
import dev.sartor.serve.http.EventStream;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// A web server of pages for this machine alone, running. Who may see them is the business of whoever makes them; bodies, streams
/// and pages that are made at once are bounded here.
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);

    private static final int MOST_BODY = 64 << 10;
    private static final int PAGES_AT_ONCE = 8;
    private static final int STREAMS = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(60);

    /// Smaller ones gain nothing.
    private static final int LEAST_COMPRESSED = 1 << 10;

    private final ServerSettings settings;
    private final Pages pages;
    private final Semaphore places = new Semaphore(PAGES_AT_ONCE, true);
    private final Semaphore streams = new Semaphore(STREAMS);
    private final Set<Thread> streaming = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Javalin javalin;

    private PageServer(ServerSettings settings, Pages pages) {
        this.settings = settings;
        this.pages = pages;
        this.javalin = Javalin.create(this::configure);
        javalin.start();
    }

    /// Listens when it returns.
    ///
    /// @param host an address of this machine that no other reaches
    /// @param port 0 takes any free one
    /// @throws SartorException a user's error where others reach the address, or the port is taken
    public static PageServer start(String host, int port, Pages pages) {
        if (!isLoopback(host)) {
            throw SartorException.user(
                    "--host must be an address that this machine alone reaches, got "
                            + host
                            + ": the pages show all that whoever starts them may read, and no keys are behind them. Leave it"
                            + " out for 127.0.0.1; from another machine, come through a tunnel, such as `ssh -L`.");
        }
        return new PageServer(
                new ServerSettings(host, port, Optional.empty(), Limits.usual()), pages);
    }

    private static boolean isLoopback(String host) {
        try {
            return !host.isBlank() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            LOG.debug("no such address", e);
            return false;
        }
    }

    public int port() {
        return javalin.port();
    }

    /// Without a slash at its end.
    public URI url() {
        var literal = settings.address().getHostAddress();
        return URI.create(
                "http://" + (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + port());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (var connector : javalin.jettyServer().server().getConnectors()) {
            ((ServerConnector) connector).close();
        }
        streaming.forEach(Thread::interrupt);
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.warn("pages that were being made were left behind", e);
        }
    }

    private void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
        config.jetty.addConnector(this::connector);
        for (var path : new String[] {"/", "/<path>"}) {
            config.routes.get(path, Routes.guarded(this::answer));
            config.routes.post(path, Routes.guarded(this::answer));
        }
        config.routes.exception(ClientGone.class, (gone, _) -> LOG.debug("a browser left", gone));
        config.routes.exception(HttpResponseException.class, this::refuse);
        config.routes.exception(Exception.class, this::fail);
    }

    private Connector connector(org.eclipse.jetty.server.Server jetty, HttpConfiguration http) {
        var connector = new WatchedConnector(jetty, new HttpConnectionFactory(http));
        connector.setIdleTimeout(IDLE.toMillis());
        try {
            connector.open(Listening.on(settings));
        } catch (IOException e) {
            throw SartorException.missing("cannot listen: " + e.getMessage(), e);
        }
        return connector;
    }

    private void answer(Context context) throws InterruptedException {
        pages.headers().forEach(context::header);
        var request = request(context);
        if (request.isEmpty()) {
            return;
        }
        var reply = made(request.get());
        if (reply.isEmpty()) {
            plain(context, 503, "Too many pages are being made: try again.");
            return;
        }
        switch (reply.get()) {
            case PageReply.Whole whole -> send(context, whole);
            case PageReply.Events events -> stream(context, events.source());
        }
    }

    /// Empty where no place became free.
    private Optional<PageReply> made(PageRequest request) throws InterruptedException {
        if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(pages.answer(request));
        } finally {
            places.release();
        }
    }

    /// Empty where it was refused.
    private static Optional<PageRequest> request(Context context) {
        try {
            var body = body(context);
            if (body.length > MOST_BODY) {
                context.header("Connection", "close");
                plain(context, 413, "A form may have " + MOST_BODY + " bytes at most.");
                return Optional.empty();
            }
            var query = Optional.ofNullable(context.queryString()).orElse("");
            return Optional.of(
                    new PageRequest(
                            context.req().getMethod().equals("POST") ? "POST" : "GET",
                            context.path(),
                            PageRequest.fields(query),
                            headers(context),
                            context.cookieMap(),
                            body));
        } catch (IllegalArgumentException e) {
            plain(context, 400, "The address is not well formed.");
            LOG.debug("a malformed request", e);
            return Optional.empty();
        }
    }

    /// One byte more than is allowed where there are more.
    private static byte[] body(Context context) {
        try {
            return context.req().getInputStream().readNBytes(MOST_BODY + 1);
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private static Map<String, String> headers(Context context) {
        var headers = new HashMap<String, String>();
        for (var name : Collections.list(context.req().getHeaderNames())) {
            headers.put(
                    name.toLowerCase(Locale.ROOT),
                    String.join(", ", Collections.list(context.req().getHeaders(name))));
        }
        return headers;
    }

    private static void send(Context context, PageReply.Whole whole) {
        whole.headers().forEach(context::header);
        context.status(whole.status());
        var accepted = Optional.ofNullable(context.header("Accept-Encoding")).orElse("");
        boolean isText = String.valueOf(whole.headers().get("Content-Type")).startsWith("text/");
        var body = whole.body();
        if (isText
                && body.length >= LEAST_COMPRESSED
                && !whole.headers().containsKey("Content-Encoding")
                && accepted.contains("gzip")) {
            context.header("Content-Encoding", "gzip");
            context.header("Vary", "Accept-Encoding");
            body = compressed(body);
        }
        context.header("Content-Length", String.valueOf(body.length));
        context.result(body);
    }

    private static byte[] compressed(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 4);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not so in memory
        }
        return out.toByteArray();
    }

    private void stream(Context context, PageReply.Source source) {
        if (!streams.tryAcquire()) {
            context.header("Retry-After", "10");
            plain(context, 503, "Too many pages are followed at once: close some.");
            return;
        }
        var thread = Thread.currentThread();
        streaming.add(thread);
        try (var stream = EventStream.open(context, HEARTBEAT)) {
            source.send(new BrowserSink(stream, closed));
        } catch (InterruptedException e) {
            LOG.debug("the server stops", e);
        } finally {
            streaming.remove(thread);
            streams.release();
        }
    }

    private record BrowserSink(EventStream stream, AtomicBoolean closed) implements PageReply.Sink {
        @Override
        public void send(String type, JsonNode data) {
            stream.send(type, data);
        }

        @Override
        public boolean isOpen() {
            return !closed.get() && !stream.isClientGone();
        }
    }

    /// Another method than GET and POST.
    private void refuse(HttpResponseException e, Context context) {
        pages.headers().forEach(context::header);
        plain(context, e.getStatus(), "Pages are for GET, forms for POST.");
    }

    private void fail(Exception e, Context context) {
        LOG.error("a page could not be made", e);
        pages.headers().forEach(context::header);
        plain(context, 500, "This page could not be made. The log of `sartor` says why.");
    }

    private static void plain(Context context, int status, String said) {
        context.status(status)
                .header("Cache-Control", "no-store")
                .contentType("text/plain; charset=utf-8")
                .result((said + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
