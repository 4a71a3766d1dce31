package dev.sartor.tokenizer.file;

import dev.sartor.tokenizer.TokenTemplate;
import dev.sartor.tokenizer.subword.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads a tokenizer.json's post-processor.
///
/// @param steps for its errors
record TemplateReader(TokenizerSteps steps, Vocabulary vocabulary) {

    TokenTemplate template(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return TokenTemplate.NONE;
        }
        var type = node.path("type").asString("");
        return switch (type) {
            case "TemplateProcessing" -> whole(node);
            case "ByteLevel" ->
                    node.path("trim_offsets").asBoolean(true)
                            ? TokenTemplate.NONE.trimming(
                                    node.path("add_prefix_space").asBoolean(true))
                            : TokenTemplate.NONE;
            case "BertProcessing" ->
                    TokenTemplate.around(List.of(id(node, "cls")), List.of(id(node, "sep")));
            case "RobertaProcessing" -> roberta(node);
            case "Sequence" -> sequence(node.path("processors"));
            default -> throw steps.unsupported("post_processor", type);
        };
    }

    private TokenTemplate whole(JsonNode node) {
        var single = parts(node, node.path("single"));
        var pair = parts(node, node.path("pair"));
        if (texts(single, 1) != 0) {
            throw steps.broken("post_processor.single holds the sequence B");
        }
        if (texts(pair, 0) == 0 || texts(pair, 1) == 0) {
            throw steps.broken("post_processor.pair lacks the sequence A or B");
        }
        return new TokenTemplate(single, pair, false, false);
    }

    private static long texts(List<TokenTemplate.Part> parts, int which) {
        return parts.stream()
                .filter(part -> part instanceof TokenTemplate.Text text && text.which() == which)
                .count();
    }

    private TokenTemplate roberta(JsonNode node) {
        var template = TokenTemplate.pairOfSeparators(id(node, "cls"), id(node, "sep"));
        return node.path("trim_offsets").asBoolean(true)
                ? template.trimming(node.path("add_prefix_space").asBoolean(true))
                : template;
    }

    private TokenTemplate sequence(JsonNode nodes) {
        var result = TokenTemplate.NONE;
        for (var node : nodes) {
            var next = template(node);
            var parts = next.single().equals(TokenTemplate.NONE.single()) ? result : next;
            var trims = next.trim() ? next : result;
            result =
                    new TokenTemplate(
                            parts.single(), parts.pair(), trims.trim(), trims.spaceAdded());
        }
        return result;
    }

    private int id(JsonNode node, String key) {
        var entry = node.path(key);
        if (entry.size() != 2 || !entry.get(1).isInt()) {
            throw steps.broken("post_processor." + key + " is not a token with its number");
        }
        return entry.get(1).intValue();
    }

    private List<TokenTemplate.Part> parts(JsonNode node, JsonNode list) {
        var parts = new ArrayList<TokenTemplate.Part>();
        for (var part : list) {
            var text = part.path("Sequence");
            var special = part.path("SpecialToken");
            if (text.isObject()) {
                parts.add(
                        new TokenTemplate.Text(
                                text.path("id").asString("A").equals("A") ? 0 : 1,
                                text.path("type_id").asInt(0)));
            } else if (special.isObject()) {
                var ids =
                        node.path("special_tokens")
                                .path(special.path("id").asString(""))
                                .path("ids");
                if (ids.isEmpty()) {
                    throw steps.broken("post_processor does not define " + special);
                }
                ids.forEach(id ->
                        parts.add(
                                new TokenTemplate.Control(
                                        id.asInt(-1), special.path("type_id").asInt(0))));
            } else {
                throw steps.broken("post_processor holds " + part);
            }
        }
        for (var part : parts) {
            if (part instanceof TokenTemplate.Control(int id, int type)
                    && (id < 0 || id >= vocabulary.size())) {
                throw steps.broken("post_processor adds token " + id + ", which does not exist");
            }
        }
        return parts;
    }
}
