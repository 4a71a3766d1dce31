package dev.sartor.documents.source;

import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.ParseReport;
import java.util.HexFormat;
import java.util.List;

/// Documents that were read, and what could not be.
public record Documents(List<Document> all, ParseReport report) implements DocumentCollection {
    public Documents {
        all = List.copyOf(all);
    }

    public static Documents of(List<Document> all) {
        return new Documents(all, new ParseReport(all.size(), List.of()));
    }

    @Override
    public String digest() {
        var digest = Sha256.digest();
        for (var document : all) {
            var content =
                    List.of(
                            document.path(),
                            document.title(),
                            document.sections(),
                            document.readers().sorted());
            digest.update(Json.mapper().writeValueAsBytes(content));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public Documents read(Progress progress) {
        return this;
    }

    /// The same documents for these readers only, besides the rules that they had.
    public Documents readableBy(Readers readers) {
        return new Documents(
                all.stream()
                        .map(d ->
                                new Document(
                                        d.path(),
                                        d.title(),
                                        d.sections(),
                                        d.readers().and(readers),
                                        d.hidden()))
                        .toList(),
                report);
    }
}
