package dev.sartor.model;

import dev.sartor.core.Json;
import dev.sartor.tokenizer.file.ProtobufBytes;
import dev.sartor.weights.gguf.GgufBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Small valid files of every format, to be damaged.
final class SmallFiles {
    private static final int INT = 5;
    private static final int FLOAT = 6;
    private static final int FLAG = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private SmallFiles() {}

    static byte[] safetensors() {
        var header =
                "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32]},"
                        + "\"c\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[32,40]}}";
        var text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + 40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    /// Of two shards that are each as {@link #safetensors}.
    static byte[] shardIndex() {
        return """
        {"metadata":{"total_size":80},"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors","c":"model-1.safetensors"}}
        """
                .getBytes(StandardCharsets.UTF_8);
    }

    static List<byte[]> gguf() {
        return List.of(
                vocabulary("gpt2", List.of("a", "b", "ab", "Ġ", "<|end|>"), List.of("a b")),
                vocabulary(
                        "llama",
                        List.of("<unk>", "<s>", "</s>", "<0x0A>", "▁", "a", "▁a", "aa"),
                        List.of()),
                vocabulary(
                        "bert", List.of("[UNK]", "[CLS]", "[SEP]", "▁a", "b", "▁word"), List.of()),
                vocabulary(
                        "t5", List.of("<pad>", "</s>", "<unk>", "▁", "a", "▁a", "<x>"), List.of()));
    }

    private static byte[] vocabulary(String model, List<String> tokens, List<String> merges) {
        var gguf = new GgufBytes().head(3, 2, 11);
        gguf.key("general.architecture", STRING).text("llama");
        gguf.key("llama.block_count", 4).i32(1);
        gguf.key("llama.embedding_length", 4).i32(32);
        gguf.key("tokenizer.ggml.model", STRING).text(model);
        gguf.key("tokenizer.ggml.pre", STRING).text("llama-bpe");
        gguf.key("tokenizer.ggml.add_bos_token", FLAG).i8(1);
        gguf.key("tokenizer.ggml.bos_token_id", 4).i32(1);
        strings(gguf, "tokenizer.ggml.tokens", tokens);
        strings(gguf, "tokenizer.ggml.merges", merges);
        gguf.key("tokenizer.ggml.scores", ARRAY).i32(FLOAT).i64(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            gguf.f32(-i);
        }
        gguf.key("tokenizer.ggml.token_type", ARRAY).i32(INT).i64(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            gguf.i32(tokens.get(i).startsWith("<0x") ? 6 : i < 3 && !model.equals("gpt2") ? 3 : 1);
        }
        return gguf.tensor("token_embd.weight", 3, 0, 64, 2)
                .tensor("b", 0, 128, 3)
                .padTo(32)
                .bytes(new byte[128])
                .bytes(new byte[12])
                .array();
    }

    private static void strings(GgufBytes gguf, String key, List<String> values) {
        gguf.key(key, ARRAY).i32(STRING).i64(values.size());
        values.forEach(gguf::text);
    }

    /// With each kind of model, and steps of many kinds around them.
    static List<byte[]> tokenizers() {
        var made = new ArrayList<byte[]>();
        for (var text : TOKENIZERS) {
            Json.mapper().readTree(text);
            made.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return made;
    }

    private static final List<String> TOKENIZERS =
            List.of(
                    """
                    {"added_tokens":[{"id":0,"content":"<s>","special":true,"lstrip":true,"rstrip":true,"single_word":false,"normalized":false}],
                     "normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}]},
                     "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\\\p{L}+|\\\\s+(?!\\\\S)|[^\\\\s]"},"behavior":"Isolated","invert":false},
                       {"type":"ByteLevel","add_prefix_space":true,"use_regex":false}]},
                     "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
                       "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],"special_tokens":{"<s>":{"id":"<s>","ids":[0],"tokens":["<s>"]}}},
                     "decoder":{"type":"ByteLevel"},
                     "model":{"type":"BPE","ignore_merges":true,"vocab":{"<s>":0,"a":1,"b":2,"ab":3,"Ġ":4,"Ġa":5},"merges":["a b",["Ġ","a"]]}}
                    """,
                    """
                    {"added_tokens":[{"id":7,"content":"<x>","special":false,"normalized":true}],
                     "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]},
                     "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
                     "model":{"type":"BPE","byte_fallback":true,"fuse_unk":true,"unk_token":"<unk>","vocab":{"<unk>":0,"▁":1,"a":2,"▁a":3,"<0x0A>":4,"t":5,"aa":6},"merges":["▁ a","a a"]}}
                    """,
                    """
                    {"normalizer":{"type":"Sequence","normalizers":[{"type":"Nmt"},{"type":"NFKC"},{"type":"Precompiled","precompiled_charsmap":"CAAAAAABAAAAAgAAAAA="}]},
                     "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":true},
                     "decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"first"},
                     "model":{"type":"Unigram","unk_id":0,"byte_fallback":false,"vocab":[["<unk>",0.0],["▁",-2.5],["a",-3.0],["▁t",-4.25],["wo",-5.0]]}}
                    """,
                    """
                    {"normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
                     "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"BertPreTokenizer"},{"type":"Digits","individual_digits":true},{"type":"FixedLength","length":4},{"type":"CharDelimiterSplit","delimiter":"-"},{"type":"UnicodeScripts"},{"type":"Punctuation","behavior":"Contiguous"}]},
                     "post_processor":{"type":"BertProcessing","sep":["[SEP]",2],"cls":["[CLS]",1]},
                     "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
                     "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":10,"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"two":3,"##s":4,"a":5,"##a":6}}}
                    """);

    static byte[] tokenizerConfig() {
        return """
        {"chat_template":[{"name":"default","template":"{{ a }}"}],"bos_token":{"content":"<s>"},"eos_token":"<s>","unk_token":null,
         "add_bos_token":true,"tokenizer_class":"PreTrainedTokenizerFast","added_tokens_decoder":{"0":{"content":"<s>","special":true}}}
        """
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] vocabulary() {
        return "{\"a\": 0, \"b\": 1, \"ab\": 2, \"\u0120\": 3}".getBytes(StandardCharsets.UTF_8);
    }

    static List<byte[]> sentencePieces() {
        return List.of(sentencePiece(1), sentencePiece(2));
    }

    private static byte[] sentencePiece(int kind) {
        var out = new ProtobufBytes();
        var pieces =
                List.of("<unk>", "<s>", "</s>", "<0x0A>", "▁", "a", "▁t", "wo", "aa", "<user>");
        for (int i = 0; i < pieces.size(); i++) {
            int use = i == 0 ? 2 : i < 3 ? 3 : i == 3 ? 6 : i == 9 ? 4 : 1;
            out.message(
                    1, new ProtobufBytes().text(1, pieces.get(i)).number(2, -i).integer(3, use));
        }
        var map =
                new ProtobufBytes()
                        .bytes(2, new byte[] {8, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 'x', 0});
        return out.message(2, new ProtobufBytes().integer(3, kind).integer(35, 1))
                .message(3, map.integer(3, 1).integer(4, 1).integer(5, 1))
                .array();
    }
}
