package dev.sartor.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A collector over HTTP that keeps what it is sent and reads it by the published protocol.
final class Collector implements AutoCloseable {
    record Sent(String path, Map<String, String> headers, byte[] body) {}

    final CopyOnWriteArrayList<Sent> sent = new CopyOnWriteArrayList<>();

    /// Counted down when the first request has come.
    final CountDownLatch reached = new CountDownLatch(1);

    private final CountDownLatch held;
    private final int status;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Collector(int status, CountDownLatch held) {
        this.status = status;
        this.held = held;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::take);
        http.start();
    }

    static Collector start() {
        return answering(200);
    }

    static Collector answering(int status) {
        return new Collector(status, new CountDownLatch(0));
    }

    /// Takes requests and never answers.
    static Collector hanging() {
        return new Collector(200, new CountDownLatch(1));
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name, String.join(",", values)));
        var body = exchange.getRequestBody().readAllBytes();
        sent.add(new Sent(exchange.getRequestURI().getPath(), headers, body));
        reached.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /// All bytes of all requests, as characters of Latin-1.
    String bytes() {
        var all = new StringBuilder();
        for (var each : sent) {
            all.append(each.headers()).append(new String(each.body(), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    List<Span> spans() {
        return traces().stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(each -> each.getScopeSpansList().stream())
                .flatMap(each -> each.getSpansList().stream())
                .toList();
    }

    Map<String, Object> resource() {
        var resource = traces().getFirst().getResourceSpans(0).getResource();
        return resource(resource);
    }

    private static Map<String, Object> resource(Resource resource) {
        return attributes(resource.getAttributesList());
    }

    private List<ExportTraceServiceRequest> traces() {
        return sent.stream()
                .filter(each -> each.path().endsWith("/v1/traces"))
                .map(each -> {
                    try {
                        return ExportTraceServiceRequest.parseFrom(each.body());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    /// What was told last of a histogram.
    List<HistogramDataPoint> points(String metric) {
        var last =
                sent.stream()
                        .filter(each -> each.path().endsWith("/v1/metrics"))
                        .toList()
                        .getLast();
        try {
            return ExportMetricsServiceRequest.parseFrom(last.body())
                    .getResourceMetricsList()
                    .stream()
                    .flatMap(each -> each.getScopeMetricsList().stream())
                    .flatMap(each -> each.getMetricsList().stream())
                    .filter(each -> each.getName().equals(metric))
                    .flatMap(each -> each.getHistogram().getDataPointsList().stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> attributes(List<KeyValue> list) {
        var all = new TreeMap<String, Object>();
        list.forEach(each -> all.put(each.getKey(), value(each.getValue())));
        return all;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            case ARRAY_VALUE ->
                    value.getArrayValue().getValuesList().stream().map(Collector::value).toList();
            default -> throw new AssertionError(value.toString());
        };
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
