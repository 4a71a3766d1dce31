package dev.sartor.tokenizer;

import dev.sartor.tokenizer.subword.TokenList;
import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.TextNormaliser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Turns text into the tokens of a model and back, exactly as the model's own tokenizer does. Thread-safe.
///
/// A user's text is data: the string of a control token, such as `<|im_end|>`, is encoded as plain text unless the
/// caller says that the text is the program's own.
public final class Tokenizer {
    private final TokenizerParts parts;
    private final AddedTokens original;
    private final AddedTokens normalized;
    private final Set<Integer> special = new HashSet<>();
    private final Set<Integer> control = new HashSet<>();

    public Tokenizer(TokenizerParts parts) {
        this.parts = parts;
        this.original =
                new AddedTokens(
                        parts.added().stream().filter(token -> !token.normalized()).toList(),
                        TextNormaliser.none());
        this.normalized =
                new AddedTokens(
                        parts.added().stream().filter(AddedToken::normalized).toList(),
                        parts.normaliser().ofTokens());
        parts.added().stream()
                .filter(AddedToken::special)
                .forEach(token -> special.add(token.id()));
        parts.added().stream()
                .filter(AddedToken::control)
                .forEach(token -> control.add(token.id()));
    }

    public TokenizerSettings settings() {
        return parts.settings();
    }

    /// How many token numbers there are; a network may have rows for a few more.
    public int vocabularySize() {
        return parts.vocabulary().size();
    }

    public OptionalInt id(String token) {
        return parts.vocabulary().id(token);
    }

    /// The token as it is written in the vocabulary; empty for a number that stands for none.
    public String token(int id) {
        return parts.vocabulary().token(id);
    }

    /// Whether decoding can leave the token out.
    public boolean isSpecial(int id) {
        return special.contains(id);
    }

    /// The bytes that a token adds to a text, perhaps only a part of a character's UTF-8; empty for one that adds none: a
    /// control token, or a number that stands for no token.
    public Optional<byte[]> bytes(int id) {
        return token(id).isEmpty() || control.contains(id)
                ? Optional.empty()
                : Optional.of(parts.text().bytes(token(id), Optional.of("")));
    }

    /// Encodes a user's text: control tokens' strings are plain text.
    ///
    /// @param addSpecialTokens whether the tokens that the model expects around a text are added
    public int[] encode(String text, boolean addSpecialTokens) {
        return encodeWithOffsets(text, addSpecialTokens).ids();
    }

    /// As {@link #encode(String, boolean)}, with the places in the text.
    public Encoding encodeWithOffsets(String text, boolean addSpecialTokens) {
        return around(
                text, tokens(text, (token, start, end) -> !token.control()), addSpecialTokens);
    }

    /// Encodes a rendered prompt: control tokens' strings in the template's own text are control tokens, those that lie
    /// partly or wholly in data are plain text. Everything else is encoded as if the whole were one text. No tokens are
    /// added: the template has written them.
    public int[] encode(String prompt, List<DataSpan> data) {
        var spans =
                data.stream()
                        .filter(span -> span.start() < span.end())
                        .sorted(Comparator.comparingInt(DataSpan::start))
                        .toList();
        var starts = spans.stream().mapToInt(DataSpan::start).toArray();
        var ends = spans.stream().mapToInt(DataSpan::end).toArray();
        for (int i = 1; i < ends.length; i++) {
            ends[i] = Math.max(ends[i], ends[i - 1]); // spans may overlap
        }
        return tokens(
                        prompt,
                        (token, start, end) -> {
                            int found = Arrays.binarySearch(starts, end - 1);
                            int last = found >= 0 ? found : -found - 2;
                            return !token.control() || last < 0 || ends[last] <= start;
                        })
                .ids();
    }

    /// Encodes the program's own text, in which control tokens' strings are control tokens, as HF's `encode` does.
    public Encoding encodeTrusted(String text, boolean addSpecialTokens) {
        return around(text, tokens(text, (token, start, end) -> true), addSpecialTokens);
    }

    /// Encodes two users' texts as one input, as a model that judges pairs expects.
    public Encoding encodePair(String first, String second) {
        return encodePair(first, second, Integer.MAX_VALUE);
    }

    /// The same in at most `most` tokens, special ones counted: the longer text is cut at its end until both are of one
    /// length, then both (HF's truncation `longest_first`).
    public Encoding encodePair(String first, String second, int most) {
        var one = tokens(first, (token, start, end) -> !token.control());
        var two = tokens(second, (token, start, end) -> !token.control());
        int room = most - parts.template().apply(new TokenList(), new TokenList()).size();
        if (one.size() + two.size() > room) {
            int shorter = Math.min(one.size(), two.size());
            int less = Math.min(shorter, room / 2);
            boolean isFirst = one.size() <= two.size();
            one.cut(isFirst ? less : room - less);
            two.cut(isFirst ? room - less : less);
        }
        parts.template().trim(one, parts.vocabulary(), first);
        parts.template().trim(two, parts.vocabulary(), second);
        return parts.template().apply(one, two);
    }

    private Encoding around(String text, TokenList tokens, boolean addSpecialTokens) {
        parts.template().trim(tokens, parts.vocabulary(), text);
        return addSpecialTokens
                ? parts.template().apply(tokens)
                : new Encoding(tokens, new int[tokens.size()]);
    }

    private TokenList tokens(String text, AddedTokens.Acceptance acceptance) {
        var tokens = new TokenList();
        original.split(
                AlignedText.plain(text, 0),
                acceptance,
                tokens,
                piece ->
                        normalized.split(
                                parts.normaliser().apply(piece),
                                acceptance,
                                tokens,
                                part -> addWords(part, tokens)));
        return tokens;
    }

    private void addWords(AlignedText part, TokenList tokens) {
        if (part.length() > 0) {
            parts.splitter().split(part, word -> parts.model().tokenize(word, tokens));
        }
    }

    /// @param skipSpecial whether special tokens are left out
    public String decode(int[] ids, boolean skipSpecial) {
        var tokens = new ArrayList<String>(ids.length);
        for (int id : ids) {
            if (isSpoken(id, skipSpecial)) {
                tokens.add(token(id));
            }
        }
        return parts.text().text(tokens);
    }

    /// Decodes tokens as they come.
    public TextStream stream(boolean skipSpecial) {
        return new TextStream(
                id -> isSpoken(id, skipSpecial) ? Optional.of(token(id)) : Optional.empty(),
                parts.text()::bytes);
    }

    /// Decodes tokens as they come, each by its {@link #bytes}: unlike at a text's beginning, no blank is taken away.
    public TextStream continuation() {
        return new TextStream(
                id -> bytes(id).map(_ -> token(id)),
                (token, _) -> parts.text().bytes(token, Optional.of("")));
    }

    private boolean isSpoken(int id, boolean skipSpecial) {
        return !token(id).isEmpty() && !(skipSpecial && special.contains(id));
    }
}
