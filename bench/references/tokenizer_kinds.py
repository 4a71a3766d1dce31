"""Small tokenizers of every kind, and what HF tokenizers, sentencepiece and gguf's files answer for mixed and hostile texts.

usage: tokenizer_kinds.py DATA_DIR LLAMA_CPP_VOCABULARIES OUT_DIR [seed]
Written with tokenizers 0.23.3, sentencepiece 0.2.3, gguf 0.19.0. OUT_DIR is engine/tokenizer/src/test/resources/kinds.
Trains on banking77, gsm8k and scifact; other seeds give other vocabularies and other texts of the same kinds.
"""
import base64, csv, gzip, io, json, os, random, sys
import sentencepiece
from gguf import GGUFReader, GGUFWriter
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

data, llama_cpp, out = sys.argv[1:4]
seed = int(sys.argv[4]) if len(sys.argv) > 4 else 5
r = random.Random(seed)
lines = [x["text"] for x in csv.DictReader(open(data + "/banking77/train.csv"))]
lines += [json.loads(l)["question"] for l in open(data + "/gsm8k/train.jsonl")]
lines += [json.loads(l)["text"][:400] for l in open(data + "/scifact/corpus.jsonl")]
r.shuffle(lines)
lines = lines[:3000] + ["naïve café über straße " * 3, "東京 タワー 中文 文字 한국어 " * 3, "привет мир " * 3, "🦊 🎉 👍 " * 3]

ranges = [(32, 126)] * 4 + [(0, 31), (127, 383), (0x370, 0x4FF), (0x590, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x1E00, 0x1EFF), (0x2000, 0x206F),
          (0x2190, 0x21FF), (0x2460, 0x2473), (0x3000, 0x30FF), (0x3300, 0x33FF), (0x4E00, 0x4FFF), (0xAC00, 0xADFF), (0xFB00, 0xFB06), (0xFE00, 0xFE0F), (0xFF00, 0xFF9F),
          (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F64F), (0x1D400, 0x1D4FF), (0x300, 0x36F)]
parts = [" ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", "\u3000", "\u00a0", "\u200b", "\u200d", "\ufeff", "'s", "'LL", "1", "12", "1234567", "½", "²", "<s>", "</s>", "<unk>", "<ctl>", "<user>", "<two words>",
         "<0x0A>", "[CLS]", "[SEP]", "don't", "e\u0301", "\u0301", "▁", "▁a", "word", "Hello", "HELLO", "ﬁ", "가", "\u1100\u1161\u11a8", "か\u3099", "ｶﾞ", "①", "㍿", "ß", "İ", "ǅ", "😀", "👨\u200d👩\u200d👧",
         "🏳\ufe0f\u200d🌈", "🇨🇭", "中文", "タワー", "the", " and", "_", "-", "--", "...", "a|b", ",", ".", "(x)", "aaaa", "ab" * 9, "\x00", "\x7f", "\x0b"]
hand = ["", " ", "\n", "   ", "a", "  two  spaces ", "trail  \n\n", " lead", "1234567 8.5e-3 ½ ²", "don't can't I'LL we've", "HelloWORLD camelCase snake_case", "naïve café e\u0301", "ﬁ ﬂ Ａ１ ｶﾞ ㌔",
        "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 🇨🇭🇫", "\u200bzero\u200dwidth", "مرحبا שלום", "def f(x):\n    return x**2  # ok\r\n", "a" * 120, "<s>x</s>", "<user> hi <user>", "▁▁ ▁", "\u0301abc", "中文タワーabc한국"]


def text():
    def wild():
        return "".join(chr(r.randint(*r.choice(ranges))) for _ in range(r.randint(1, 8)))
    return "".join(r.choice(parts) if r.random() < .6 else wild() for _ in range(r.randint(1, 12)))


texts = hand + [text() for _ in range(160)] + [l[:160] for l in r.sample(lines, 40)]


def write(name, content):
    with open(f"{out}/{name}.gz", "wb") as f, gzip.GzipFile("", mode="wb", fileobj=f, mtime=0, compresslevel=9) as g:
        g.write(content if isinstance(content, bytes) else json.dumps(content, separators=(",", ":")).encode())


def level(prefix=False, regex=True):
    return pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=regex)


def around(before, after):
    known = [(t, i) for i, t in enumerate(["<unk>", "<s>", "</s>"]) if t in (before, after)]
    single = " ".join(f"{before} $A {after}".split())
    return processors.TemplateProcessing(single=single, pair=single + " $B:1" + (f" {after}:1" if after else ""), special_tokens=known)


specials = ["<unk>", "<s>", "</s>", "<ctl>"]
fallback = [f"<0x{i:02X}>" for i in range(256)]
alphabet = pre_tokenizers.ByteLevel.alphabet()
gpt2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
llama3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
tekken = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
          r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
deepseek = [r"\p{N}{1,3}", r"[一-龥぀-ゟ゠-ヿ]+", r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"]
newer = "[^\u0020-\u02FF\u0370-\u04FF\u3040-\u30FA\u4E00-\u4FFF\uAC00-\uD7A3\U0001F300-\U0001F3FF]"  # what has another script in a newer Unicode
sequence = pre_tokenizers.Sequence
kinds = {}


def kind(name, model, trainer, normalizer=None, pre=None, decoder=None, post=None, added=()):
    t = Tokenizer(model)
    for key, value in [("normalizer", normalizer), ("pre_tokenizer", pre), ("decoder", decoder), ("post_processor", post)]:
        if value is not None:
            setattr(t, key, value)
    t.train_from_iterator(lines, trainer)
    t.add_tokens(list(added))
    kinds[name] = t


def bpe(**more):
    return trainers.BpeTrainer(**dict(dict(vocab_size=900, special_tokens=specials, show_progress=False), **more))


def unigram(**more):
    return trainers.UnigramTrainer(**dict(dict(vocab_size=500, special_tokens=specials, unk_token="<unk>", show_progress=False), **more))


def pieces(**more):
    return trainers.WordPieceTrainer(**dict(dict(vocab_size=900, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False), **more))


def split(pattern, behavior="isolated", invert=False):
    return pre_tokenizers.Split(Regex(pattern), behavior, invert)


llama_text = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
user = AddedToken("<user>", normalized=False)
kind("llama3", models.BPE(ignore_merges=True), bpe(initial_alphabet=alphabet), None, sequence([split(llama3), level(regex=False)]), decoders.ByteLevel(),
     processors.Sequence([processors.ByteLevel(trim_offsets=False), around("<s>", "")]), [user])
kind("tekken", models.BPE(ignore_merges=True), bpe(initial_alphabet=alphabet), None, sequence([split(tekken), level(regex=False)]), decoders.ByteLevel(), around("<s>", ""))
kind("deepseek", models.BPE(), bpe(initial_alphabet=alphabet), normalizers.Sequence([]), sequence([split(p) for p in deepseek] + [level(regex=False)]), decoders.ByteLevel())
kind("qwen2", models.BPE(), bpe(initial_alphabet=alphabet), normalizers.NFC(), sequence([split(llama3.replace("{1,3}", "")), level(regex=False)]), decoders.ByteLevel(), processors.ByteLevel(trim_offsets=False))
kind("roberta", models.BPE(), bpe(initial_alphabet=alphabet), None, level(True), decoders.ByteLevel(), processors.RobertaProcessing(("</s>", 2), ("<s>", 1)), [AddedToken("<mask>", lstrip=True, special=True)])
kind("gpt-neox", models.BPE(), bpe(initial_alphabet=alphabet), normalizers.NFC(), level(), decoders.ByteLevel(), processors.ByteLevel(trim_offsets=True), [AddedToken("  ", normalized=True), AddedToken("   ", normalized=True)])
kind("byte-letters-first", models.BPE(), bpe(initial_alphabet=alphabet), normalizers.ByteLevel(), None, decoders.ByteLevel())
kind("after-byte-level", models.BPE(unk_token="<unk>"), bpe(initial_alphabet=alphabet), None, sequence([level(regex=False), split("Ġ", "merged_with_next")]), decoders.ByteLevel())
kind("llama2", models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True), bpe(special_tokens=specials + fallback), normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]), None,
     decoders.Sequence(llama_text), around("<s>", ""), [user])
kind("gemma", models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True), bpe(special_tokens=specials + fallback), normalizers.Replace(" ", "▁"), pre_tokenizers.Split(" ", "merged_with_previous"),
     decoders.Sequence(llama_text[:3]), around("<s>", ""), [user])
for scheme in ["first", "always", "never"]:
    for cut in [True, False]:
        kind(f"metaspace-{scheme}-{'split' if cut else 'whole'}", models.BPE(unk_token="<unk>", fuse_unk=cut), bpe(vocab_size=500), None, pre_tokenizers.Metaspace("▁", scheme, cut), decoders.Metaspace("▁", scheme, cut), None, [user])
kind("suffixed", models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"), bpe(end_of_word_suffix="</w>"), normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()]),
     pre_tokenizers.BertPreTokenizer(), decoders.BPEDecoder("</w>"))
kind("prefixed", models.BPE(unk_token="<unk>", continuing_subword_prefix="##", fuse_unk=True), bpe(continuing_subword_prefix="##"), normalizers.NFKD(), pre_tokenizers.Whitespace(), decoders.WordPiece("##", False))
kind("wordpiece-cased", models.WordPiece(unk_token="[UNK]"), pieces(), normalizers.BertNormalizer(True, True, False, False), pre_tokenizers.BertPreTokenizer(), decoders.WordPiece(),
     processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2)))
kind("wordpiece-short", models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=7), pieces(), normalizers.BertNormalizer(False, True, None, True),
     sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Digits(True), pre_tokenizers.Punctuation("merged_with_previous")]), decoders.WordPiece())
kind("words", models.WordLevel(unk_token="<unk>"), trainers.WordLevelTrainer(vocab_size=900, special_tokens=specials, show_progress=False), normalizers.Sequence([normalizers.Nmt(), normalizers.Strip()]),
     sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation()]))
kind("letters", models.WordLevel(unk_token="<unk>"), trainers.WordLevelTrainer(vocab_size=300, special_tokens=["<pad>", "<unk>"], show_progress=False), normalizers.Replace(Regex(r"\s"), "|"),
     pre_tokenizers.FixedLength(1), decoders.CTC("<pad>", "|", True))
kind("fixed", models.BPE(unk_token="<unk>"), bpe(vocab_size=500), normalizers.NFKC(), sequence([pre_tokenizers.CharDelimiterSplit("a"), pre_tokenizers.FixedLength(3), pre_tokenizers.UnicodeScripts()]))
kind("scripts", models.Unigram(), unigram(), normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(newer), "")]), sequence([pre_tokenizers.UnicodeScripts(), pre_tokenizers.Digits(False)]), decoders.Fuse())
kind("unigram-bytes", models.Unigram(byte_fallback=True), unigram(special_tokens=specials + fallback, vocab_size=700), normalizers.Replace(" ", "▁"), None, decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]))
kind("unigram-letters", models.Unigram(), unigram(), None, level(), decoders.ByteLevel())
for behavior in ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]:
    for invert in [False, True]:
        kind(f"split-{behavior}{'-inverted' if invert else ''}", models.BPE(unk_token="<unk>"), bpe(vocab_size=220, special_tokens=["<unk>"]), None, split(r"\p{Han}|[a-m]{1,4}|\d+", behavior, invert), decoders.Sequence([decoders.Strip("a", 0, 1) if invert else decoders.Strip("a", 1, 0), decoders.Fuse()]))

os.makedirs(out, exist_ok=True)


def train(name, **settings):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(lines), model_writer=model, **dict(dict(vocab_size=600, hard_vocab_limit=False, minloglevel=2, control_symbols=["<ctl>"], num_threads=1), **settings))
    return model.getvalue()


def flagged(model, **flags):
    proto = sentencepiece_model_pb2.ModelProto.FromString(model)
    for key, value in flags.items():
        setattr(proto.normalizer_spec, key, value)
    return proto.SerializeToString()


symbols = ["<user>", "<two words>", "word", "\n\n"]
models_of = {
    "sp-unigram": train("sp-unigram", model_type="unigram"),
    "sp-unigram-fold": train("sp-unigram-fold", model_type="unigram", normalization_rule_name="nfkc_cf", user_defined_symbols=symbols, byte_fallback=True, vocab_size=900),
    "sp-unigram-plain": train("sp-unigram-plain", model_type="unigram", normalization_rule_name="identity", add_dummy_prefix=False, remove_extra_whitespaces=False, user_defined_symbols=symbols),
    "sp-unigram-suffix": train("sp-unigram-suffix", model_type="unigram", normalization_rule_name="identity", treat_whitespace_as_suffix=True),
    "sp-bpe-llama": train("sp-bpe-llama", model_type="bpe", normalization_rule_name="identity", remove_extra_whitespaces=False, byte_fallback=True, split_digits=True, vocab_size=1200),
    "sp-bpe-gemma": train("sp-bpe-gemma", model_type="bpe", normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=False, byte_fallback=True, split_digits=True, user_defined_symbols=symbols, vocab_size=1200, pad_id=0, eos_id=1, bos_id=2, unk_id=3),
    "sp-bpe-unknown": train("sp-bpe-unknown", model_type="bpe", character_coverage=.98, normalization_rule_name="nmt_nfkc", user_defined_symbols=symbols),
}
models_of["sp-unescaped"] = flagged(models_of["sp-unigram-plain"], escape_whitespaces=False, add_dummy_prefix=True, remove_extra_whitespaces=True)
for name, model in models_of.items():
    p = sentencepiece.SentencePieceProcessor(model_proto=model)
    rows = [{"ids": ids, "decoded": None if p.unk_id() in ids else p.decode(ids)} for ids in map(p.encode, texts)]
    write(name + ".model", model)
    write(name + ".ids.json", rows)
    print(name, len(rows), sum(len(x["ids"]) for x in rows))

# XLM-R's and T5's own rules are those of sentencepiece's nmt_nfkc; HF's library applies them in its own way
rules = sentencepiece_model_pb2.ModelProto.FromString(models_of["sp-unigram"]).normalizer_spec.precompiled_charsmap
kind("t5", models.Unigram(), unigram(), normalizers.Sequence([normalizers.Precompiled(rules), normalizers.Strip(False, True), normalizers.Replace(Regex(" {2,}"), "▁")]), pre_tokenizers.Metaspace("▁", "always", True), decoders.Metaspace(), around("", "</s>"))
for name, t in kinds.items():
    rows = []
    for i, x in enumerate(texts):
        e = t.encode(x)
        rows.append({"ids": e.ids, "offsets": [n for o in e.offsets for n in o] if i < 70 else None, "decoded": t.decode(e.ids)})
    write(name + ".json", {"tokenizer": json.loads(t.to_str()), "rows": rows})
    print(name, len(rows), sum(len(x["ids"]) for x in rows))
write("texts.json", texts)
write("names.json", {"hf": list(kinds), "sentencepiece": list(models_of)})


# llama.cpp's larger vocabularies, with nothing in them but what their test texts need: the other tokens are empty
def pruned(name, special):
    reader = GGUFReader(f"{llama_cpp}/ggml-vocab-{name}.gguf")
    content = {f.name: f.contents() for f in reader.fields.values() if not f.name.startswith("GGUF.")}
    tokens, merges = content["tokenizer.ggml.tokens"], content["tokenizer.ggml.merges"]
    ids = {int(i) for l in open(f"{llama_cpp}/ggml-vocab-{name}.gguf.out") for i in l.split()}
    kept = {tokens[i] for i in ids} | set(alphabet) | {t for t, k in zip(tokens, content["tokenizer.ggml.token_type"]) if k != 1}
    ranks = {m: i for i, m in enumerate(merges)}
    made = {}
    for m in merges:
        a, _, b = m.partition(" ")
        made.setdefault(a + b, (a, b))
    queue = list(kept)
    while queue:  # whatever can be merged on the way to a token of the answers
        t = queue.pop()
        if t in made:
            for part in made[t]:
                if part not in kept:
                    kept.add(part)
                    queue.append(part)
    letters = "".join(open(f"{llama_cpp}/ggml-vocab-{name}.gguf.inp", encoding="utf-8"))
    e = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False).pre_tokenize_str(letters)
    written = "".join(x for x, _ in e)
    longest = max(map(len, kept))
    present = {written[i:j] for i in range(len(written)) for j in range(i + 1, min(len(written), i + longest) + 1)}
    left = [m for m in merges if m.replace(" ", "", 1) in present]  # every merge that some text can ask for
    kept |= {x for m in left for x in (*m.split(" "), m.replace(" ", "", 1))}
    path = f"/tmp/pruned-{os.getpid()}.gguf"
    w = GGUFWriter(path, "gpt2")
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre(content["tokenizer.ggml.pre"])
    w.add_token_list([t if t in kept else "" for t in tokens])
    w.add_token_types(content["tokenizer.ggml.token_type"])
    w.add_token_merges(left)
    w.write_header_to_file(); w.write_kv_data_to_file(); w.close()
    write(f"ggml-{name}.gguf", open(path, "rb").read())
    os.remove(path)
    for end in ["inp", "out"]:
        write(f"ggml-{name}.{end}", open(f"{llama_cpp}/ggml-vocab-{name}.gguf.{end}", "rb").read())
    print(name, len(left), "merges of", len(merges))


pruned("gpt-2", [])
pruned("qwen2", [])
