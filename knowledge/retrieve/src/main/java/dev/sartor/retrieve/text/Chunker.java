package dev.sartor.retrieve.text;

import dev.sartor.core.Pages;
import dev.sartor.documents.Document;
import dev.sartor.documents.Section;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.split.TextSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Cuts documents into chunks along their headings. The same document gives the same chunks with the same ids.
public final class Chunker {
    private final ChunkSettings settings;
    private final ToIntFunction<String> tokens;
    private final TextSplitter splitter;

    /// @param tokens counts a text's tokens as the embedder does
    public Chunker(ChunkSettings settings, ToIntFunction<String> tokens) {
        this.settings = settings;
        this.tokens = tokens;
        this.splitter = new TextSplitter(settings.tokens(), tokens);
    }

    public List<Chunk> chunks(Document document) {
        var chunks = new ArrayList<Chunk>();
        for (var section : joined(document.sections())) {
            for (var text : texts(section)) {
                chunks.add(
                        new Chunk(
                                document.path() + "#" + (chunks.size() + 1),
                                document.path(),
                                document.title(),
                                section.path(),
                                text.text(),
                                document.readers(),
                                text.pages()));
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
            result.add(both(under(common, result.removeLast()), under(common, section)));
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

    /// What stands in a section, as it stands under fewer headings.
    private static Section under(List<String> common, Section section) {
        var rest = section.headings().subList(common.size(), section.headings().size());
        if (rest.isEmpty()) {
            return section;
        }
        var heading = String.join(Section.JOINT, rest);
        var text = String.join("\n", section.blocks());
        return new Section(
                common,
                List.of(text.equals(heading) ? heading : heading + "\n" + text),
                List.of(section.pages().stream().reduce(Pages.none(), Pages::and)));
    }

    private static Section both(Section first, Section second) {
        var blocks = new ArrayList<String>();
        var pages = new ArrayList<Pages>();
        for (var section : List.of(first, second)) {
            for (int i = 0; i < section.blocks().size(); i++) {
                blocks.add(section.blocks().get(i));
                pages.add(section.pages(i));
            }
        }
        return new Section(first.headings(), blocks, pages);
    }

    private List<Growing> texts(Section section) {
        var texts = new ArrayList<Growing>();
        var current = Growing.empty();
        for (var piece : splitter.pieces(section)) {
            var longer = current.with(piece);
            if (current.isEmpty() || tokens.applyAsInt(longer.text()) <= settings.tokens()) {
                current = longer;
                continue;
            }
            texts.add(current);
            var repeated = repeating(current, piece);
            boolean fits = tokens.applyAsInt(repeated.text()) <= settings.tokens();
            current = fits ? repeated : Growing.empty().with(piece);
        }
        if (!current.isEmpty()) {
            texts.add(current);
        }
        return texts;
    }

    /// The piece with what is repeated before it: the header of its table, or the end of the text before.
    private Growing repeating(Growing before, TextSplitter.Piece piece) {
        if (!piece.header().isEmpty()) {
            return Growing.empty()
                    .with(
                            new TextSplitter.Piece(
                                    piece.header() + "\n" + piece.text(),
                                    piece.joint(),
                                    "",
                                    piece.pages()));
        }
        var tail = tail(before.text());
        return (tail.isEmpty() ? Growing.empty() : before.end(tail)).with(piece);
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
