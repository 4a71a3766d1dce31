"""Does a chat, a streamed chat and embeddings with the official `openai` client, and prints what came as one JSON line.

    pip install openai
    python openai_client.py BASE_URL MODEL EMBEDDER [API_KEY]

BASE_URL is the server's address with /v1 behind, such as http://127.0.0.1:8080/v1. The exit code is 1 where what came
is not what the API promises.
"""

import json
import math
import sys

import openai

QUESTION = "How do I reset my password?"
TEXTS = ["reset my password", "I forgot my password", "the weather in spring"]


def chat(client, model):
    answer = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": QUESTION}],
        temperature=0,
        max_tokens=32,
    )
    choice = answer.choices[0]
    # The answer goes back as part of a conversation, with every field that the client gives it.
    again = client.chat.completions.create(
        model=model,
        messages=[
            {"role": "user", "content": QUESTION},
            choice.message,
            {"role": "user", "content": [{"type": "text", "text": "Thanks."}]},
        ],
        max_completion_tokens=8,
    )
    return {
        "text": choice.message.content,
        "finish_reason": choice.finish_reason,
        "total_tokens": answer.usage.total_tokens,
        "sources": len(getattr(choice.message, "sources", None) or []),
        "second_turn": again.choices[0].message.content,
    }


def streamed_chat(client, model):
    pieces, ids, usage, finish = [], set(), None, None
    with client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": QUESTION}],
        temperature=0,
        max_tokens=32,
        stream=True,
        stream_options={"include_usage": True},
    ) as chunks:
        for chunk in chunks:
            ids.add((chunk.id, chunk.created, chunk.model, chunk.object))
            usage = chunk.usage or usage
            for choice in chunk.choices:
                pieces.append(choice.delta.content or "")
                finish = choice.finish_reason or finish
    return {
        "text": "".join(pieces),
        "pieces": sum(1 for piece in pieces if piece),
        "ids": len(ids),
        "finish_reason": finish,
        "total_tokens": usage.total_tokens if usage else None,
    }


def embeddings(client, model):
    # The client asks for base64 unless told otherwise.
    packed = [item.embedding for item in client.embeddings.create(model=model, input=TEXTS).data]
    plain = [
        item.embedding
        for item in client.embeddings.create(model=model, input=TEXTS, encoding_format="float").data
    ]
    difference = max(abs(a - b) for p, q in zip(packed, plain) for a, b in zip(p, q))
    return {
        "count": len(packed),
        "dimension": len(packed[0]),
        "base64_against_float": difference,
        "norm": math.sqrt(sum(x * x for x in packed[0])),
        "near": sum(a * b for a, b in zip(packed[0], packed[1])),
        "far": sum(a * b for a, b in zip(packed[0], packed[2])),
    }


def refusal(client, model):
    try:
        client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": QUESTION}], n=2
        )
        return None
    except openai.BadRequestError as error:
        return {"param": error.param, "code": error.code}


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    base_url, model, embedder = sys.argv[1:4]
    key = sys.argv[4] if len(sys.argv) == 5 else "none"
    client = openai.OpenAI(base_url=base_url, api_key=key, max_retries=0)
    result = {
        "client": "openai " + openai.__version__,
        "models": [entry.id for entry in client.models.list()],
        "model": client.models.retrieve(model).id,
        "chat": chat(client, model),
        "stream": streamed_chat(client, model),
        "embeddings": embeddings(client, embedder),
        "refusal_of_n_2": refusal(client, model),
    }
    result["ok"] = (
        {model, embedder} <= set(result["models"])
        and result["model"] == model
        and result["chat"]["finish_reason"] in ("stop", "length")
        and result["stream"]["text"] == result["chat"]["text"]
        and result["stream"]["total_tokens"] == result["chat"]["total_tokens"]
        and result["stream"]["ids"] == 1
        and result["embeddings"]["count"] == len(TEXTS)
        and result["embeddings"]["base64_against_float"] < 1e-6
        and result["refusal_of_n_2"] == {"param": "n", "code": "unsupported_parameter"}
    )
    print(json.dumps(result))
    sys.exit(0 if result["ok"] else 1)


if __name__ == "__main__":
    main()
