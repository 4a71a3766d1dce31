package dev.sartor.tokenizer.file;

import dev.sartor.tokenizer.TokenText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads a tokenizer.json's decoder.
///
/// @param steps for its errors
record TokenDecoder(TokenizerSteps steps) {
    TokenText text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return TokenText.words();
        }
        var type = node.path("type").asString("");
        return switch (type) {
            case "ByteLevel" -> TokenText.byteLevel();
            case "WordPiece" ->
                    TokenText.wordPieces(
                            node.path("prefix").asString("##"),
                            node.path("cleanup").asBoolean(true));
            case "BPEDecoder" -> TokenText.suffixed(node.path("suffix").asString("</w>"));
            case "CTC" ->
                    TokenText.ctc(
                            node.path("pad_token").asString("<pad>"),
                            node.path("word_delimiter_token").asString("|"),
                            node.path("cleanup").asBoolean(true));
            case "Metaspace", "Replace", "ByteFallback", "Fuse", "Strip" -> chain(List.of(node));
            case "Sequence" -> {
                var nodes = node.path("decoders").valueStream().toList();
                yield nodes.size() == 1 ? text(nodes.getFirst()) : chain(nodes);
            }
            default -> throw steps.unsupported("decoder", type);
        };
    }

    private TokenText chain(List<JsonNode> nodes) {
        var chain = new ArrayList<TokenText.Step>();
        boolean fallback = false;
        boolean fused = false;
        for (var node : nodes) {
            var type = node.path("type").asString("");
            switch (type) {
                case "ByteFallback" -> fallback = true;
                case "Fuse" -> fused = true;
                case "Strip" -> chain.add(strip(node, fused));
                case "Metaspace", "Replace" -> {
                    if (fused) {
                        throw steps.unsupported("decoder after Fuse", type);
                    }
                    chain.add(type.equals("Replace") ? replace(node) : metaspace(node));
                }
                default -> throw steps.unsupported("decoder in a sequence", type);
            }
        }
        return new TokenText.Steps(chain, fallback);
    }

    private static TokenText.Step metaspace(JsonNode node) {
        return TokenText.Step.unmarking(
                node.path("replacement").asString("▁"),
                !node.path("prepend_scheme").asString("").equals("never"));
    }

    private TokenText.Step replace(JsonNode node) {
        if (!node.path("pattern").path("String").isString()) {
            throw steps.unsupported("decoder's pattern", node.path("pattern").toString());
        }
        return TokenText.Step.replacing(
                node.path("pattern").path("String").stringValue(),
                node.path("content").asString(""));
    }

    private TokenText.Step strip(JsonNode node, boolean fused) {
        var content = node.path("content").asString("");
        int start = node.path("start").asInt(0);
        int stop = node.path("stop").asInt(0);
        boolean readable = content.length() == 1 && start >= 0 && stop >= 0;
        if (!readable || (fused && (start > 1 || stop > 0))) {
            throw steps.unsupported("decoder", node.toString());
        }
        var strip = TokenText.Step.stripping(content.charAt(0), start, stop);
        return fused ? strip.onlyFirst() : strip;
    }
}
