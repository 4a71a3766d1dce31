package dev.sartor.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Cuts documents into chunks along their headings. The same document gives the same chunks with the same ids.
final class Chunker {
    private final ChunkSettings settings;
    private final ToIntFunction<String> tokens;
    private final TextSplitter splitter;

    /// @param tokens counts a text's tokens as the embedder does
    Chunker(ChunkSettings settings, ToIntFunction<String> tokens) {
        this.settings = settings;
        this.tokens = tokens;
        this.splitter = new TextSplitter(settings.tokens(), tokens);
    }

    List<Chunk> chunks(Document document) {
        var chunks = new ArrayList<Chunk>();
        for (var section : joined(document.sections())) {
            for (var text : texts(section.blocks())) {
                chunks.add(
                        new Chunk(
                                document.path() + "#" + (chunks.size() + 1),
                                document.path(),
                                document.title(),
                                section.path(),
                                text,
                                document.readers()));
            }
        }
        return chunks;
    }

    /// Joins neighbours under one heading as long as both are tiny. A heading that the joint section does not stand under
    /// is kept as a line of its text.
    private List<Section> joined(List<Section> sections) {
        var result = new ArrayList<Section>();
        for (var section : sections) {
            if (result.isEmpty() || !isTiny(result.getLast()) || !isTiny(section)) {
                result.add(section);
                continue;
            }
            var common = common(result.getLast().headings(), section.headings());
            if (common.isEmpty()) {
                result.add(section);
                continue;
            }
            var blocks = new ArrayList<String>();
            blocks.addAll(under(common, result.removeLast()));
            blocks.addAll(under(common, section));
            result.add(new Section(common, blocks));
        }
        return result;
    }

    private boolean isTiny(Section section) {
        return tokens.applyAsInt(String.join("\n\n", section.blocks())) < settings.tiny();
    }

    private static List<String> common(List<String> a, List<String> b) {
        int same = 0;
        while (same < Math.min(a.size(), b.size()) && a.get(same).equals(b.get(same))) {
            same++;
        }
        return a.subList(0, same);
    }

    private static List<String> under(List<String> common, Section section) {
        var rest = section.headings().subList(common.size(), section.headings().size());
        if (rest.isEmpty()) {
            return section.blocks();
        }
        var heading = String.join(Section.JOINT, rest);
        var text = String.join("\n", section.blocks());
        return List.of(text.equals(heading) ? heading : heading + "\n" + text);
    }

    private List<String> texts(List<String> blocks) {
        var texts = new ArrayList<String>();
        var current = "";
        for (var piece : splitter.pieces(blocks)) {
            var longer = current.isEmpty() ? piece.text() : current + piece.joint() + piece.text();
            if (current.isEmpty() || tokens.applyAsInt(longer) <= settings.tokens()) {
                current = longer;
                continue;
            }
            texts.add(current);
            boolean isRow = !piece.header().isEmpty();
            var repeated =
                    isRow
                            ? piece.header() + "\n" + piece.text()
                            : tail(current) + piece.joint() + piece.text();
            boolean fits = tokens.applyAsInt(repeated) <= settings.tokens();
            current = fits ? repeated.strip() : piece.text();
        }
        if (!current.isEmpty()) {
            texts.add(current);
        }
        return texts;
    }

    /// The last whole sentences of at most `overlap` tokens; often none.
    private String tail(String text) {
        var sentences = TextSplitter.sentences(text);
        var tail = "";
        for (int i = sentences.size() - 1; i > 0; i--) {
            var longer = tail.isEmpty() ? sentences.get(i) : sentences.get(i) + " " + tail;
            if (tokens.applyAsInt(longer) > settings.overlap()) {
                break;
            }
            tail = longer;
        }
        return tail;
    }
}
