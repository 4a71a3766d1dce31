"""Trains the weights of the injection score: a logistic regression on signs that a sentence shows.

usage: train_injection.py INJECTION_FOLDER SCIFACT_FOLDER DOCUMENTS_FOLDER OUT_JSON
  INJECTION_FOLDER  with bipia_text_attack_train.json; its test attacks are not looked at
  SCIFACT_FOLDER    with corpus*.jsonl: clean sentences of abstracts
  DOCUMENTS_FOLDER  Markdown of a help desk: clean sentences, of which every second file is trained on (the others measure, bench/injection.py)
Writes knowledge/retrieve/src/main/resources/dev/sartor/retrieve/text/injection.json. Needs Python's standard library alone. The threshold is the score that one of a
thousand clean training sentences reaches.
"""
import glob, json, math, os, random, re, sys

injection, scifact, documents, out = sys.argv[1:]
VERBS = ("add|advise|analy[sz]e|answer|append|apply|ask|assist|calculate|change|check|choose|clarify|classify|compare|compose|conclude|convert|craft|create|define|delete|describe|"
         "design|detail|determine|develop|disclose|discuss|display|do not|don't|draft|edit|embed|encode|encourage|end|enhance|ensure|evaluate|execute|explain|express|extract|"
         "find|forget|forward|generate|get|give|guide|help|hint|identify|ignore|imitate|include|incorporate|infuse|inject|insert|integrate|introduce|invent|let|list|make|mention|mix|"
         "modify|name|offer|output|outline|pretend|print|produce|promote|provide|put|rearrange|recommend|refer|remember|remove|render|repeat|rephrase|replace|reply|report|respond|"
         "return|reveal|reverse|review|rewrite|run|say|scramble|send|share|show|solve|speak|spell|start|state|substitute|suggest|summari[sz]e|swap|switch|teach|tell|transform|"
         "translate|type|use|utili[sz]e|visit|weave|write")
# Regular expressions that Java and Python read alike.
SIGNS = [
    ("a command begins it", rf"^\W*(?i:please\s+|kindly\s+|now,?\s+|then,?\s+|also,?\s+)?(?i:{VERBS})\b"),
    ("talk of the answer", r"(?i)\b(?:your|the|this|each|every|all|its)\s+(?:\w+\s+){0,2}(?:answers?|repl(?:y|ies)|responses?|outputs?|messages?|text)\b"),
    ("in your answer begins it", r"(?i)^\W*(?:in|within|at the (?:end|beginning|start) of|throughout|when|while|before|after|for)\s+(?:\w+ing\s+)?(?:your|the)\s+(?:answer|reply|response|output)"),
    ("your", r"(?i)\byour\b"),
    ("you", r"(?i)\byou\b"),
    ("me or my", r"(?i)\b(?:me|my)\b"),
    ("I", r"\bI\b"),
    ("please", r"(?i)\b(?:please|kindly)\b"),
    ("a question", r"\?\W*$"),
    ("a question word begins it", r"^\W*(?i:what|how|why|who|whom|whose|which|when|where|is|are|do|does|did|should)\b"),
    ("a request begins it", r"^\W*(?i:can|could|would|will)\s+you\b"),
    ("talk of instructions", r"(?i)\b(?:ignore|disregard|forget|override|previous|above|instructions?|prompts?|system message|assistant|language model|AI)\b"),
    ("talk of users", r"(?i)\b(?:users?|readers?|people|viewers?)\s+(?:to|can|should|must|that)\b"),
    ("an address", r"(?i)(?:https?://|www\.|\b[\w-]+\.(?:com|net|org|xyz|io)\b)"),
    ("a quotation", r"[\"“].{8,}[\"”]|:\s*'.{8,}'"),
    ("encodings and scripts", r"(?i)\b(?:base\s?\d\d|hexadecimal|cipher|encod\w*|emojis?|letters?|reverse[d]?|anagrams?|typos?|misspell\w*|homophones?|numbers? for)\b"),
    ("at most twelve words", r"^\W*(?:\w\S*\s+){0,11}\S+$"),
    ("more than twenty words", r"^\W*(?:\S+\s+){20,}"),
    ("a number", r"\d"),
    ("a verb of reports", r"(?i)\b(?:was|were|has|had|have been|been|showed|found|became|began)\b"),
]


def sentences(text):
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“(])|\n+", text) if s.strip()]


def shown(sentence):
    return [1.0 if re.search(pattern, sentence) else 0.0 for _, pattern in SIGNS]


attacks = [a for group in json.load(open(os.path.join(injection, "bipia_text_attack_train.json"))).values() for a in group]
clean = []
for path in sorted(glob.glob(os.path.join(scifact, "corpus*.jsonl"))):
    for line in open(path):
        clean += sentences(json.loads(line)["text"])
random.Random(1).shuffle(clean)
clean = clean[:6000]
files = sorted(glob.glob(os.path.join(documents, "**", "*.md"), recursive=True))
clean += [s for path in files[::2] for s in sentences(re.sub(r"(?m)^[#>*\-|\s]+", "", open(path).read()))]
rows = [(shown(s), 1.0) for a in attacks for s in sentences(a)] + [(shown(s), 0.0) for s in clean]
positives = sum(y for _, y in rows)
# Newton's method on the mean log-loss, both classes weighing the same, with a ridge of one sentence's weight.
n = len(SIGNS)
w, b = [0.0] * n, 0.0
scale = {1.0: 0.5 / positives, 0.0: 0.5 / (len(rows) - positives)}
ridge = 1.0 / positives / 4


def solve(a, y):
    m = [row[:] + [v] for row, v in zip(a, y)]
    for i in range(len(m)):
        p = max(range(i, len(m)), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(len(m)):
            if r != i:
                f = m[r][i] / m[i][i]
                m[r] = [u - f * v for u, v in zip(m[r], m[i])]
    return [m[i][-1] / m[i][i] for i in range(len(m))]


for _ in range(25):
    g = [ridge * v for v in w] + [0.0]
    h = [[(ridge if i == j and i < n else 0.0) for j in range(n + 1)] for i in range(n + 1)]
    for x, y in rows:
        p = 1 / (1 + math.exp(-(b + sum(u * v for u, v in zip(w, x)))))
        on = [i for i in range(n) if x[i]] + [n]
        for i in on:
            g[i] += scale[y] * (p - y)
            for j in on:
                h[i][j] += scale[y] * p * (1 - p)
    h[n][n] += 1e-12
    step = solve(h, g)
    w, b = [u - v for u, v in zip(w, step)], b - step[n]
score = lambda s: 1 / (1 + math.exp(-(b + sum(u * v for u, v in zip(w, shown(s))))))
ordered = sorted((score(s) for s in clean), reverse=True)
threshold = ordered[len(ordered) // 1000]
caught = [max(map(score, sentences(a))) > threshold for a in attacks]
json.dump({"signs": [{"name": name, "pattern": pattern, "weight": round(v, 3)} for (name, pattern), v in zip(SIGNS, w)], "intercept": round(b, 3),
           "threshold": round(threshold + 0.0005, 3)}, open(out, "w"), indent=1, ensure_ascii=False)
print(f"{len(attacks)} attacks, {len(clean)} clean sentences; at threshold {threshold:.3f} {sum(caught)} training attacks are flagged")
print([round(ordered[len(ordered) * k // 1000], 3) for k in (1, 2, 5, 10, 20)])
for name, v in zip(SIGNS, w):
    print(f"{v:+.2f} {name[0]}")
print([a for a, c in zip(attacks, caught) if not c])
