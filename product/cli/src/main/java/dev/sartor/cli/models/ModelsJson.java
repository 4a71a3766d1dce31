package dev.sartor.cli.models;

import dev.sartor.core.Json;
import dev.sartor.hub.ModelFolder;
import dev.sartor.hub.catalogue.Licence;
import dev.sartor.hub.catalogue.ModelDescription;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/// Models as `--json` shows them.
final class ModelsJson {
    private ModelsJson() {}

    static ObjectNode of(ModelDescription model) {
        var json = Json.mapper().createObjectNode();
        json.put("name", model.name());
        json.put("repository", model.repository());
        json.put("revision", model.revision());
        model.entry()
                .ifPresent(entry -> {
                    json.put("summary", entry.summary());
                    json.put("upstream", entry.upstream());
                    json.put("parameters", entry.parameters());
                    json.put("context", entry.context());
                });
        json.set("licence", of(model.licence()));
        json.put("size", model.size());
        json.put("cached_bytes", model.cachedBytes());
        json.put("complete", model.complete());
        var files = json.putArray("files");
        for (var file : model.files()) {
            files.addObject()
                    .put("path", file.path())
                    .put("size", file.size())
                    .put(
                            file.checksum().kind().name().toLowerCase(java.util.Locale.ROOT),
                            file.checksum().hex());
        }
        return json;
    }

    static ObjectNode of(ModelFolder model) {
        var json = Json.mapper().createObjectNode();
        json.put("name", model.name());
        json.put("revision", model.revision());
        json.put("folder", model.folder().toString());
        json.set("licence", of(model.licence()));
        var files = json.putArray("files");
        model.files().forEach(file -> files.add(file.toString()));
        return json;
    }

    private static ObjectNode of(Licence licence) {
        var json = Json.mapper().createObjectNode();
        json.put("id", licence.id());
        json.put("name", licence.name());
        licence.terms().map(URI::toString).ifPresent(terms -> json.put("terms", terms));
        licence.commercialUse().ifPresent(allowed -> json.put("commercial_use", allowed));
        json.put("attribution", licence.attribution());
        json.put("share_alike", licence.shareAlike());
        json.put("gated", licence.gated());
        json.put("clause", licence.clause());
        return json;
    }

    /// For people.
    static String commercial(Licence licence) {
        var allowed = licence.commercialUse().map(a -> a ? "yes" : "no").orElse("read it");
        return allowed + (licence.gated() ? ", once accepted" : "");
    }
}
