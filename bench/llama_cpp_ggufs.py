"""GGUF files that llama.cpp's own tool makes, read by Sartor and by llama.cpp: greedy answers, token by token. Prints JSON.

    python3 bench/llama_cpp_ggufs.py LLAMA_BIN SOURCE_GGUF [--folder FOLDER] [--sartor ./sartor] > bench/results/llama_cpp_ggufs.json

LLAMA_BIN has llama-quantize and llama-server. From SOURCE_GGUF (of any type) come F16, and from that Q8_0 and Q4_K_M. `sartor serve
--weights f32` answers ten questions from each file, and llama.cpp does so twice:
  as_it_comes  from the same file, with its usual settings: it rounds activations to the weights' kind (8 bits beside quantised weights,
               fp16 beside F16) and keeps keys and values in fp16;
  in_f32       from the same weights that llama-quantize has turned into F32, with keys and values in fp32.
Where the texts part, `margin` is by how much llama.cpp found its likeliest token likelier than its second there, in nats: 0.05 or less is a
near-tie. `first_token` compares log-probabilities before anything was said, `all_tokens` those of the tokens that both said. Exit code 1 where a
text parts from that of in_f32 at more than a near-tie.
"""

import argparse
import contextlib
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import common

NEAR_TIE = 0.05
TOP = 5
TYPES = ["F16", "Q8_0", "Q4_K_M"]
QUESTIONS = [
    "Name three rivers in Europe and one city on each.",
    "Why does a worn bicycle chain skip under load?",
    "Write a short poem about a lighthouse.",
    "Convert 45 kilometres to metres and explain how.",
    "What is the difference between a list and a tuple in Python?",
    "Give me a recipe for a simple vegetable soup.",
    "Who wrote Pride and Prejudice, and what is it about?",
    "Translate 'good morning, how are you?' into French.",
    "Explain photosynthesis to a child of ten.",
    "Summarise: The meeting was moved from Tuesday to Friday because the projector was broken.",
]


def post(port, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=300) as reply:
        return json.load(reply)


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as reply:
        return json.load(reply)


@contextlib.contextmanager
def server(command):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log, env=common.environment())
        try:
            deadline = time.monotonic() + 120
            while True:
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    sys.exit(" ".join(command) + "\n" + log.read().decode(errors="replace")[-3000:])
                try:
                    get(port, "/health")
                    break
                except (ConnectionError, urllib.error.URLError):
                    time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(60)


def answers(command, tokens, more):
    with server(command) as port:
        model = get(port, "/v1/models")["data"][0]["id"]
        said = []
        for question in QUESTIONS:
            reply = post(port, {
                "model": model, "messages": [{"role": "user", "content": question}], "max_tokens": tokens, "temperature": 0,
                "logprobs": True, "top_logprobs": TOP, **more})
            scores = [each for each in reply["choices"][0]["logprobs"]["content"] if each["bytes"]]
            said.append({"prompt_tokens": reply["usage"]["prompt_tokens"], "finish": reply["choices"][0]["finish_reason"], "scores": scores})
        return said


def token(score):
    return bytes(score["bytes"])


def parting(number, ours, theirs):
    """Where the texts part; None where they are the same. A text that has ended has no token there."""
    a, b = ours["scores"], theirs["scores"]
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if token(x) != token(y)), min(len(a), len(b)))
    if at == len(a) == len(b):
        return None
    found = {"question": number, "at": at}
    found["sartor"] = token(a[at]).decode(errors="replace") if at < len(a) else "(end)"
    found["llama_cpp"] = token(b[at]).decode(errors="replace") if at < len(b) else "(end)"
    if at < len(b):
        top = b[at]["top_logprobs"]
        found["margin"] = round(top[0]["logprob"] - top[1]["logprob"], 4)
    return found


def differences(ours, theirs, positions):
    found = []
    for x, y in list(zip(ours["scores"], theirs["scores"]))[:positions]:
        if token(x) != token(y):
            break
        theirs_by_token = {token(each): each["logprob"] for each in y["top_logprobs"]}
        found += [abs(each["logprob"] - theirs_by_token[token(each)]) for each in x["top_logprobs"] if token(each) in theirs_by_token]
    return found


def compared(ours, theirs, tokens):
    partings = [each for each in (parting(i, *pair) for i, pair in enumerate(zip(ours, theirs))) if each]
    first = [d for pair in zip(ours, theirs) for d in differences(*pair, 1)]
    every = [d for pair in zip(ours, theirs) for d in differences(*pair, tokens)]
    return {
        "same_prompt_tokens": all(a["prompt_tokens"] == b["prompt_tokens"] for a, b in zip(ours, theirs)),
        "texts": len(ours),
        "same_texts": len(ours) - len(partings),
        "partings_beyond_near_ties": sum(each.get("margin", NEAR_TIE + 1) > NEAR_TIE for each in partings),
        "first_token": {"median_difference": round(statistics.median(first), 5), "greatest_difference": round(max(first), 5)},
        "all_tokens": {"count": len(every), "median_difference": round(statistics.median(every), 5), "greatest_difference": round(max(every), 5)},
        "partings": partings,
    }


def quantised(llama, source, target, kind):
    if not target.exists():
        common.run(llama / "llama-quantize", "--allow-requantize", source, target, kind, errors="replace")


def measured(kind, asked, folder, llama):
    made, exact = folder / f"{kind}.gguf", folder / f"{kind}-F32.gguf"
    quantised(llama, asked.source if kind == "F16" else folder / "F16.gguf", made, kind)
    quantised(llama, made, exact, "F32")
    ours = answers([asked.sartor, "serve", "--model", str(made), "--weights", "f32"], asked.tokens, {})
    base = [str(llama / "llama-server"), "--ctx-size", "2048", "--parallel", "1", "--threads", str(os.cpu_count())]
    usual = answers([*base, "-m", str(made)], asked.tokens, {"cache_prompt": False})
    full = ["-m", str(exact), "--cache-type-k", "f32", "--cache-type-v", "f32", "--flash-attn", "off"]
    in_f32 = answers([*base, *full], asked.tokens, {"cache_prompt": False})
    exact.unlink()
    return {
        "mib": round(made.stat().st_size / 2**20, 1),
        "as_it_comes": compared(ours, usual, asked.tokens),
        "in_f32": compared(ours, in_f32, asked.tokens),
        "llama_cpp_against_itself": compared(usual, in_f32, asked.tokens),
    }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("llama", type=pathlib.Path)
    options.add_argument("source", type=pathlib.Path)
    options.add_argument("--folder", type=pathlib.Path, help="where the files are made and kept (default: a temporary one)")
    options.add_argument("--sartor", default=common.SARTOR)
    options.add_argument("--tokens", type=int, default=32)
    asked = options.parse_args()
    version = subprocess.run([asked.llama / "llama-server", "--version"], capture_output=True, text=True)
    sitting = common.Sitting(asked.sartor)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        files = {kind: measured(kind, asked, folder, asked.llama) for kind in TYPES}
    print(json.dumps({
        **sitting.about(),
        "llama_cpp": (version.stdout + version.stderr).strip().splitlines()[0],
        "source": asked.source.name,
        "tokens": asked.tokens,
        "near_tie": NEAR_TIE,
        "files": files,
    }, indent=2))
    sys.exit(any(each["in_f32"]["partings_beyond_near_ties"] for each in files.values()))


if __name__ == "__main__":
    main()
