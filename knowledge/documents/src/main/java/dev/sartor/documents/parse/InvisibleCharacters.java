package dev.sartor.documents.parse;

import dev.sartor.core.Pages;
import dev.sartor.documents.Document;
import dev.sartor.documents.HiddenText;
import dev.sartor.documents.Section;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;

/// Takes characters out of text that take no space or turn the direction of others: what is read then is what is seen. The
/// joiners stay where a script or an emoji needs them. Not thread-safe.
public final class InvisibleCharacters {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;

    /// Scripts whose letters change where a joiner stands.
    private static final Set<UnicodeScript> JOINED =
            EnumSet.of(
                    UnicodeScript.ARABIC,
                    UnicodeScript.SYRIAC,
                    UnicodeScript.NKO,
                    UnicodeScript.MONGOLIAN,
                    UnicodeScript.DEVANAGARI,
                    UnicodeScript.BENGALI,
                    UnicodeScript.GURMUKHI,
                    UnicodeScript.GUJARATI,
                    UnicodeScript.ORIYA,
                    UnicodeScript.TAMIL,
                    UnicodeScript.TELUGU,
                    UnicodeScript.KANNADA,
                    UnicodeScript.MALAYALAM,
                    UnicodeScript.SINHALA,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR);

    private int removed;

    /// The document without them.
    public static Document removedFrom(Document document) {
        var characters = new InvisibleCharacters();
        var title = characters.removedFrom(document.title());
        var sections =
                document.sections().stream()
                        .map(characters::removedFrom)
                        .filter(each -> !each.blocks().isEmpty())
                        .toList();
        return new Document(
                document.path(),
                title,
                sections,
                document.readers(),
                document.hidden().plus(new HiddenText(characters.removed, 0, 0)));
    }

    private Section removedFrom(Section section) {
        var blocks = new ArrayList<String>();
        var pages = new ArrayList<Pages>();
        for (int i = 0; i < section.blocks().size(); i++) {
            var block = removedFrom(section.blocks().get(i));
            if (!block.isBlank()) {
                blocks.add(block);
                pages.add(section.pages(i));
            }
        }
        var headings =
                section.headings().stream()
                        .map(this::removedFrom)
                        .filter(heading -> !heading.isBlank())
                        .toList();
        return new Section(headings, blocks, pages);
    }

    private String removedFrom(String text) {
        var kept = new StringBuilder(text.length());
        int before = ' ';
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isInvisible(character) && !isNeeded(character, before)) {
                removed++;
            } else {
                kept.appendCodePoint(character);
                before = character == EMOJI_STYLE ? before : character;
            }
        }
        return kept.length() == text.length() ? text : kept.toString();
    }

    private static boolean isInvisible(int character) {
        return switch (character) {
            // Soft hyphen, grapheme joiner, Arabic letter mark, Hangul fillers, Mongolian vowel
            // separator, BOM.
            case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0 -> true;
            default ->
                    isIn(character, 0x200B, 0x200F) // of no width, marks of direction
                            || isIn(character, 0x202A, 0x202E) // embeddings and overrides
                            || isIn(character, 0x2060, 0x206F) // joiners, operators, isolates
                            || isIn(character, 0xFFF9, 0xFFFB) // annotations
                            || isIn(character, 0x1D173, 0x1D17A) // beams and slurs of music
                            || isIn(character, 0xE0000, 0xE0FFF); // tags, more variants
        };
    }

    private static boolean isIn(int character, int first, int last) {
        return character >= first && character <= last;
    }

    private static boolean isNeeded(int character, int before) {
        return switch (character) {
            case NON_JOINER -> JOINED.contains(UnicodeScript.of(before));
            case JOINER -> JOINED.contains(UnicodeScript.of(before)) || Character.isEmoji(before);
            default -> false;
        };
    }
}
