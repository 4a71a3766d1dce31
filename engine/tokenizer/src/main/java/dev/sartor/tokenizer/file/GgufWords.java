package dev.sartor.tokenizer.file;

import dev.sartor.tokenizer.text.Cuts;
import dev.sartor.tokenizer.text.Patterns;
import dev.sartor.tokenizer.text.Splitters;
import dev.sartor.tokenizer.text.TextSplitter;
import dev.sartor.tokenizer.text.WordScanner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words that a name in `tokenizer.ggml.pre` stands for. Names and patterns are those of llama.cpp's
/// src/llama-vocab.cpp, the patterns as the models' own tokenizers have them.
///
/// @param wholeWords whether a word that is itself a token needs no merges
/// @param begins,ends whether the model's texts begin and end with a token unless the file says otherwise
record GgufWords(TextSplitter splitter, boolean wholeWords, boolean begins, boolean ends) {
    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String UPPER_LOWER =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+";
    private static final String UPPER =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*";
    private static final String BLANKS = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String MARKS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" + BLANKS;

    /// Letters that have a case, of the Unicode of the time.
    private static final String CASED_LETTERS =
            ranges(
                    "0041-005A 0061-007A 00B5 00C0-00D6 00D8-00F6 00F8-01BA 01BC-01BF 01C4-0293 0295-02AF "
                            + "0370-0373 0376-0377 037B-037D 037F 0386 0388-038A 038C 038E-03A1 03A3-03F5 03F7-0481 "
                            + "048A-052F 0531-0556 10A0-10C5 13A0-13F5 13F8-13FD 1C90-1CBA 1CBD-1CBF 1D00-1D2B "
                            + "1D6B-1D77 1D79-1D9A 1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D "
                            + "1F5F-1F7D 1F80-1FB4 1FB6-1FBC 1FBE 1FC2-1FC4 1FC6-1FCC 1FD0-1FD3 1FD6-1FDB 1FE0-1FEC "
                            + "1FF2-1FF4 1FF6-1FFC 2102 2107 210A-2113 2115 2119-211D 2124 2126 2128 212A-212D "
                            + "212F-2134 2139 213C-213F 2145-2149 214E 2183-2184 2C00-2C7B 2C7E-2CE4 2CEB-2CEE "
                            + "2CF2-2CF3 A640-A66D A680-A69B A722-A76F A771-A787 A78B-A78E AB70-ABBF FB00-FB06 "
                            + "FB13-FB17 FF21-FF3A FF41-FF5A 10400-1044F 104B0-104D3 104D8-104FB 10C80-10CB2 "
                            + "10CC0-10CF2 118A0-118DF 1E900-1E943");

    private static final String IDEOGRAPHS = "[" + ranges("4E00-9FA5 0800-4E00 AC00-D7FF") + "]+";
    private static final String HAN_OR_KANA = "[" + ranges("4E00-9FA5 3040-30FF") + "]+";
    private static final String WIDE_MARKS =
            ranges("0021-002F 003A-007E FF01-FF0F FF1A-FF5E 2018-201F 3000-3002");

    private static final GgufWords GPT2 = plain(WordScanner.GPT2);
    private static final GgufWords LLAMA3 = plain(WordScanner.LLAMA3);
    private static final GgufWords QWEN2 = plain(WordScanner.QWEN2);
    private static final GgufWords SINGLE_DIGITS =
            plain(TextSplitter.sequence(List.of(Splitters.digits(true), WordScanner.GPT2)));

    private static final Map<String, GgufWords> NAMED =
            Map.ofEntries(
                    Map.entry("default", plain(older("[\\p{P}$+<=>^~|]+", "\\p{N}+", "[0-9]{3}"))),
                    Map.entry("falcon", plain(older("[\\p{P}$+<=>^~|`]+", "[0-9]{3}"))),
                    Map.entry("bloom", plain(patterns(" ?[^(\\s|.,!?…。，、।۔،)]+"))),
                    Map.entry("viking", plain(patterns(" ?[^(\\s|.,!?…。，、।۔،)]+", "\\p{N}"))),
                    Map.entry(
                            "tekken",
                            new GgufWords(
                                    patterns(UPPER_LOWER + "|" + UPPER + "|\\p{N}" + MARKS),
                                    true,
                                    true,
                                    false)),
                    Map.entry(
                            "gpt-4o",
                            plain(
                                    patterns(
                                            UPPER_LOWER
                                                    + CONTRACTIONS
                                                    + "?|"
                                                    + UPPER
                                                    + CONTRACTIONS
                                                    + "?|\\p{N}{1,3}"
                                                    + MARKS))),
                    Map.entry(
                            "deepseek-llm",
                            plain(
                                    patterns(
                                            "[\\r\\n]",
                                            "\\s?[" + CASED_LETTERS + "]+",
                                            "\\s?[" + WIDE_MARKS + "]+",
                                            "\\s+$",
                                            IDEOGRAPHS,
                                            "\\p{N}+"))),
                    Map.entry(
                            "deepseek-coder",
                            plain(
                                    patterns(
                                            "[\\r\\n]",
                                            "\\s?\\p{L}+",
                                            "\\s?\\p{P}+",
                                            IDEOGRAPHS,
                                            "\\p{N}"))),
                    Map.entry(
                            "deepseek-v3",
                            plain(
                                    patterns(
                                            "\\p{N}{1,3}",
                                            HAN_OR_KANA,
                                            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
                                                    + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
                                                    + BLANKS))),
                    Map.entry(
                            "qwen35",
                            plain(
                                    patterns(
                                            CONTRACTIONS
                                                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
                                                    + BLANKS))),
                    Map.entry(
                            "seed-coder",
                            plain(
                                    patterns(
                                            CONTRACTIONS
                                                    + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}\\r\\n]+"
                                                    + BLANKS))));

    /// Empty for a name that is not known here.
    static Optional<GgufWords> named(String name) {
        return switch (name) {
            case "gpt-2",
                    "gpt2",
                    "phi-2",
                    "jina-es",
                    "jina-de",
                    "jina-v2-es",
                    "jina-v2-de",
                    "gigachat",
                    "a.x-4.0",
                    "mellum",
                    "modern-bert",
                    "exaone4",
                    "mpt",
                    "olmo",
                    "jais",
                    "trillion",
                    "granite-docling" ->
                    Optional.of(GPT2);
            case "jina-v1-en", "jina-v2-code", "roberta-bpe" ->
                    Optional.of(new GgufWords(WordScanner.GPT2, false, false, true));
            case "llama-bpe",
                    "llama3",
                    "llama-v3",
                    "falcon3",
                    "falcon-h1",
                    "pixtral",
                    "midm-2.0",
                    "lfm2",
                    "jina-v5-nano" ->
                    Optional.of(new GgufWords(WordScanner.LLAMA3, true, true, false));
            case "dbrx", "smaug-bpe", "glm4", "chatglm-bpe" -> Optional.of(LLAMA3);
            case "qwen2",
                    "deepseek-r1-qwen",
                    "stablelm2",
                    "hunyuan",
                    "kormo",
                    "f2llmv2",
                    "megrez",
                    "grok-2",
                    "solar-open" ->
                    Optional.of(QWEN2);
            case "smollm",
                    "starcoder",
                    "refact",
                    "command-r",
                    "codeshell",
                    "exaone",
                    "minerva-7b",
                    "mellum2" ->
                    Optional.of(SINGLE_DIGITS);
            case "gpt3-finnish", "poro-chat" -> named("bloom");
            case "llama4", "kanana2", "talkie", "minimax-m2" -> named("gpt-4o");
            case "hunyuan-dense", "joyai-llm", "hy_v4" -> named("deepseek-v3");
            default -> Optional.ofNullable(NAMED.get(name));
        };
    }

    /// Hexadecimal code points, as a pattern's class has them.
    private static String ranges(String ranges) {
        return ranges.replaceAll("([0-9A-F]+)", "\\\\x{$1}").replace(" ", "");
    }

    private static GgufWords plain(TextSplitter splitter) {
        return new GgufWords(splitter, false, false, false);
    }

    /// One pattern first, then GPT-2's words, then the others.
    private static TextSplitter older(String first, String... rest) {
        return TextSplitter.sequence(List.of(patterns(first), WordScanner.GPT2, patterns(rest)));
    }

    /// Each cuts what the one before has left whole; matches and what lies between them are words.
    private static TextSplitter patterns(String... patterns) {
        return TextSplitter.sequence(
                Arrays.stream(patterns)
                        .map(Patterns::of)
                        .map(each -> Splitters.matching(each, Cuts.Behavior.ISOLATED, false))
                        .toList());
    }
}
