package dev.sartor.hub;

import dev.sartor.core.Json;
import dev.sartor.hub.ScriptedServer.Reply;
import dev.sartor.hub.ScriptedServer.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A repository as the Hugging Face hub serves it: `acme/tiny` with the files that a test gives it. Weights are large
/// files there (SHA-256), all others git objects.
public final class FakeHub implements ScriptedServer.Script {
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, byte[]> served = new LinkedHashMap<>();
    private Object licence = "apache-2.0";

    public FakeHub with(String path, byte[] content) {
        files.put(path, content);
        served.put(path, content);
        return this;
    }

    public FakeHub with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /// What is sent is not what the listing promises.
    FakeHub butServing(String path, byte[] content) {
        served.put(path, content);
        return this;
    }

    public FakeHub under(Object licence) {
        this.licence = licence;
        return this;
    }

    static FakeHub tiny() {
        return new FakeHub()
                .with("config.json", "{}")
                .with("model.safetensors", Content.of(100_000))
                .with("1_Pooling/config.json", "{\"pool\":1}")
                .with("README.md", "not wanted")
                .with("onnx/model.onnx", Content.of(10));
    }

    @Override
    public Reply answer(Request request) {
        var path = URLDecoder.decode(request.path(), StandardCharsets.UTF_8);
        if (path.startsWith("/api/models/acme/tiny/revision/")) {
            return Reply.json(listing());
        }
        var prefix = "/acme/tiny/resolve/" + COMMIT + "/";
        var content = path.startsWith(prefix) ? served.get(path.substring(prefix.length())) : null;
        return content == null ? Reply.of(404) : Reply.of(request, content);
    }

    public String listing() {
        var siblings = new ArrayList<Map<String, Object>>();
        files.forEach((path, content) -> siblings.add(sibling(path, content)));
        return Json.line(
                Map.of(
                        "sha",
                        COMMIT,
                        "siblings",
                        siblings,
                        "cardData",
                        Map.of("license", licence)));
    }

    private static Map<String, Object> sibling(String path, byte[] content) {
        var all = new LinkedHashMap<String, Object>();
        all.put("rfilename", path);
        all.put("size", content.length);
        all.put("blobId", gitId(content));
        if (List.of("safetensors", "gguf").contains(path.substring(path.lastIndexOf('.') + 1))) {
            all.put("lfs", Map.of("sha256", Content.sha256(content), "size", content.length));
        }
        return all;
    }

    public static String gitId(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
