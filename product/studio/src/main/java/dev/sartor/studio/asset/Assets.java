package dev.sartor.studio.asset;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.server.PageReply;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The pages' styles and scripts from the class path. A name holds the content's digest, so that a browser may keep
/// each for good.
public final class Assets {
    private static final String FOLDER = "/asset/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final int DIGITS = 12;

    /// What a page names, and where it lies.
    private static final Map<String, String> SOURCES =
            Map.of(
                    "studio.css",
                    "/dev/sartor/studio/studio.css",
                    "studio.js",
                    "/dev/sartor/studio/studio.js",
                    "curves.js",
                    "/dev/sartor/studio/curves.js",
                    "htmx.js",
                    WEBJARS + "htmx.org/2.0.7/dist/htmx.min.js",
                    "uplot.js",
                    WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
                    "uplot.css",
                    WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Asset> byAddress = new LinkedHashMap<>();

    private record Asset(String type, byte[] content) {}

    public Assets() {
        SOURCES.forEach((name, source) -> add(name, read(source)));
    }

    private void add(String name, byte[] content) {
        var digest = HexFormat.of().formatHex(Sha256.digest().digest(content)).substring(0, DIGITS);
        int dot = name.lastIndexOf('.');
        var address = FOLDER + name.substring(0, dot) + "-" + digest + name.substring(dot);
        var type = name.endsWith(".css") ? "text/css" : "text/javascript";
        addresses.put(name, address);
        byAddress.put(address, new Asset(type + "; charset=utf-8", content));
    }

    /// @param name such as `studio.css`
    public String address(String name) {
        return Optional.ofNullable(addresses.get(name))
                .orElseThrow(() -> SartorException.defect("no asset " + name));
    }

    /// @param path of the request
    public Optional<PageReply> reply(String path) {
        return Optional.ofNullable(byAddress.get(path))
                .map(asset ->
                        new PageReply.Whole(
                                200,
                                Map.of(
                                        "Content-Type",
                                        asset.type(),
                                        "Cache-Control",
                                        "private, max-age=31536000, immutable"),
                                asset.content()));
    }

    private static byte[] read(String source) {
        try (var in = Assets.class.getResourceAsStream(source)) {
            return Optional.ofNullable(in)
                    .orElseThrow(() -> SartorException.defect("no resource " + source))
                    .readAllBytes();
        } catch (IOException e) {
            throw SartorException.defect("cannot read the resource " + source, e);
        }
    }
}
