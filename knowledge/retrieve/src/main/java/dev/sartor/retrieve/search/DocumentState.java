package dev.sartor.retrieve.search;

import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.Chunk;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What a standing index knows of a document besides its passages. It is stored in the index itself, in the same commit
/// as they are, so that the two can never part.
///
/// @param stamp the file's size and time when it was read; empty where they do not tell a later change
/// @param sha256 of the file's content; empty where it could not be read at all
/// @param rule who may read it, as {@link AccessRules#text} has it
/// @param overlong how many passages are longer than the embedder reads
/// @param languages how many passages are in each, in an index by language; else empty
/// @param metadata what is known of it besides its text
/// @param failure why there are no passages; empty where it was read
public record DocumentState(
        String path,
        String stamp,
        String sha256,
        String title,
        String rule,
        int passages,
        int overlong,
        SortedMap<Analysis, Integer> languages,
        Metadata metadata,
        String failure) {
    public DocumentState {
        languages = Collections.unmodifiableSortedMap(new TreeMap<>(languages));
    }

    public static DocumentState failed(
            DocumentSource.Listed listed, String stamp, String sha256, String failure) {
        return new DocumentState(
                listed.path(),
                stamp,
                sha256,
                "",
                AccessRules.text(listed.readers()),
                0,
                0,
                new TreeMap<>(),
                listed.metadata(),
                failure);
    }

    public static SortedMap<Analysis, Integer> languages(List<Chunk> chunks) {
        var languages = new TreeMap<Analysis, Integer>();
        chunks.forEach(chunk ->
                chunk.language().ifPresent(each -> languages.merge(each, 1, Integer::sum)));
        return languages;
    }

    /// How many passages of all of them are in each language.
    public static SortedMap<Analysis, Integer> languagesOf(Collection<DocumentState> states) {
        var sums = new TreeMap<Analysis, Integer>();
        for (var state : states) {
            state.languages().forEach((language, many) -> sums.merge(language, many, Integer::sum));
        }
        return sums;
    }

    public boolean hasFailed() {
        return !failure.isEmpty();
    }

    public Readers readers() {
        return AccessRules.parsed(rule);
    }

    public DocumentState relabelled(String newStamp, String newRule, Metadata newMetadata) {
        return new DocumentState(
                path,
                newStamp,
                sha256,
                title,
                newRule,
                passages,
                overlong,
                languages,
                newMetadata,
                failure);
    }

    /// As JSON.
    public String text() {
        return Json.line(this);
    }

    public static DocumentState parsed(String text) {
        var fields = (ObjectNode) Json.mapper().readTree(text);
        if (!fields.has("metadata")) { // of an index that was made before there was any
            fields.putObject("metadata").putObject("fields");
        }
        if (!fields.has("languages")) { // of one made before there were several
            fields.putObject("languages");
        }
        return Json.mapper().treeToValue(fields, DocumentState.class);
    }
}
