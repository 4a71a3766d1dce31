"""What HF tokenizers 0.23.3 answers for variants of the four tokenizers beside this file: other families' steps around them.
usage: variants.py [seed] (writes tokens-variants.json.gz)"""
import copy, gzip, json, random, sys
from tokenizers import Tokenizer

r = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
base = {n: json.load(gzip.open(f"tokens-{n}.json.gz")) for n in ["smollm2", "llama2-like", "t5-like", "all-minilm-l6-v2"]}
ranges = [(32, 126)] * 4 + [(160, 383), (0x370, 0x373), (0x388, 0x4FF), (0x5D0, 0x5EA), (0x620, 0x6FF), (0x905, 0x939), (0xE01, 0xE3A), (0x1100, 0x11FF), (0x2000, 0x2060),
          (0x2070, 0x2071), (0x2150, 0x218B), (0x3041, 0x3096), (0x4E00, 0x4FFF), (0xAC00, 0xADFF), (0xFB00, 0xFB06), (0xFE00, 0xFE0F), (0xFF01, 0xFFBE),
          (0x1F300, 0x1F64F), (0x1D400, 0x1D454), (0x300, 0x36F), (0x1E00, 0x1EFF)]
pieces = [" ", "  ", "\n", "\n\n", "\r\n", "\t", "'s", "'S", "'LL", "'ll ", "1", "12", "1234567", "½", " 5", "  7", "<|im_start|>", "<|im_end|>", "</s>", "<s>", "<unk>", "[MASK]", "[CLS]",
          "don't", "e\u0301", "\u0301", "▁", "word", "Hello", "<add>", "< add >", "sw", "SW", "_sw_", "\u017f", "'\u017f", "<norm>", "ﬁ", "가", "각", "\u1100\u1161\u11a8", "が", "か\u3099", "\u0323\u0301"]


def text():
    def wild():
        return "".join(chr(r.randint(*r.choice(ranges))) for _ in range(r.randint(1, 6)))
    return "".join(r.choice(pieces) if r.random() < .55 else wild() for _ in range(r.randint(0, 10)))


def add(content, **flags):
    return dict(dict(content=content, single_word=False, lstrip=False, rstrip=False, normalized=False, special=False), **flags)


def level(**settings):
    return dict(dict(type="ByteLevel", add_prefix_space=False, trim_offsets=True, use_regex=True), **settings)


def split(pattern, behavior="Isolated", invert=False):
    return {"type": "Split", "pattern": pattern if isinstance(pattern, dict) else {"Regex": pattern}, "behavior": behavior, "invert": invert}


def steps(*each):
    return {"type": "Sequence", "pretokenizers": list(each)}


def before(token, id):
    return {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": token, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {token: {"id": token, "ids": [id], "tokens": [token]}}}


added = [add("<add>", lstrip=True), add("sw", single_word=True), add("<norm>", normalized=True, rstrip=True), add("word", normalized=True), add("  7")]
llama3 = ("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")
gpt4o = ("[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         "\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")


def space(scheme, cut):
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": cut}


white = {"type": "WhitespaceSplit"}
variants = [
    ("digits alone", "smollm2", {"pre_tokenizer": steps({"type": "Digits", "individual_digits": True}, level())}, {}, added),
    ("digits together", "smollm2", {"pre_tokenizer": steps({"type": "Digits", "individual_digits": False}, level())}, {}, []),
    ("llama3", "smollm2", {"pre_tokenizer": steps(split(llama3), level(use_regex=False)),
                           "post_processor": {"type": "Sequence", "processors": [level(add_prefix_space=True), before("<|endoftext|>", 0)]}}, {"ignore_merges": True}, []),
    ("qwen2", "smollm2", {"normalizer": {"type": "NFC"}, "pre_tokenizer": steps(split(llama3.replace("{1,3}", "")), level(use_regex=False)), "post_processor": level()}, {}, []),
    ("gpt4o", "smollm2", {"pre_tokenizer": steps(split(gpt4o, "Removed", True), level(use_regex=False))}, {}, []),
    ("roberta", "smollm2", {"pre_tokenizer": level(add_prefix_space=True), "post_processor": {
        "type": "RobertaProcessing", "sep": ["<|im_end|>", 2], "cls": ["<|im_start|>", 1], "trim_offsets": True, "add_prefix_space": True}}, {}, [add("<add>", lstrip=True, special=True)]),
    ("llama with metaspace", "llama2-like", {"normalizer": None, "pre_tokenizer": space("first", False)}, {}, added),
    ("no space first", "llama2-like", {"normalizer": None, "pre_tokenizer": space("never", True), "decoder": space("never", True)}, {}, []),
    ("gemma", "llama2-like", {"normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}, "pre_tokenizer": split({"String": " "}, "MergedWithPrevious"),
                              "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}]}}, {}, []),
    ("unknown fused", "llama2-like", {}, {"byte_fallback": False}, []),
    ("unknown each", "llama2-like", {}, {"byte_fallback": False, "fuse_unk": False}, []),
    ("nfkd", "t5-like", {"normalizer": {"type": "Sequence", "normalizers": [
        {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}, {"type": "Strip", "strip_left": True, "strip_right": True}]}}, {}, added),
    ("nfd", "t5-like", {"normalizer": {"type": "NFD"}}, {}, []),
    ("nfc", "t5-like", {"normalizer": {"type": "NFC"}, "pre_tokenizer": space("first", True)}, {}, []),
    ("white space first", "t5-like", {"pre_tokenizer": steps(white, space("always", True))}, {}, []),
    ("cased", "all-minilm-l6-v2", {"normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": False},
                                   "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 102], "cls": ["[CLS]", 101]}}, {}, added),
    ("words", "all-minilm-l6-v2", {"pre_tokenizer": {"type": "Whitespace"}, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": False}}, {}, []),
] + [("punctuation " + b, "all-minilm-l6-v2", {"pre_tokenizer": steps(white, {"type": "Punctuation", "behavior": b})}, {}, []) for b in ["MergedWithPrevious", "MergedWithNext", "Contiguous", "Removed"]]
out = []
for name, of, change, model, more in variants:
    full = copy.deepcopy(base[of])
    full.update(change)
    full["model"].update(model)
    vocabulary = full["model"]["vocab"]
    have = set(vocabulary) if isinstance(vocabulary, dict) else {token for token, _ in vocabulary}
    number = len(vocabulary)
    for token in more:
        if token["content"] in have:
            token = dict(token, id=vocabulary[token["content"]] if isinstance(vocabulary, dict) else [t for t, _ in vocabulary].index(token["content"]))
        else:
            token = dict(token, id=number)
            number += 1
        full["added_tokens"].append(token)
    t = Tokenizer.from_str(json.dumps(full))
    t.no_truncation()
    t.no_padding()
    rows = []
    for x in (text() for _ in range(60)):
        e = t.encode(x)
        rows.append({"text": x, "ids": e.ids, "offsets": [list(o) for o in e.offsets], "decoded": t.decode(e.ids)})
    out.append({"name": name, "of": of, "change": change, "model": model, "added": full["added_tokens"], "rows": rows})
with open("tokens-variants.json.gz", "wb") as f, gzip.GzipFile("", mode="wb", fileobj=f, mtime=0, compresslevel=9) as g:
    g.write(json.dumps(out, separators=(",", ":")).encode())
