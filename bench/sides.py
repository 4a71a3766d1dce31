"""Sartor's side of the measurements that are taken beside others: of a peer (generate.py, tune_step.py) and of another version (before_and_after.py)."""
import common


def generate(program, model, adapters="8", table=False):
    """Tokens a second: prefill, 16 streams and 16 streams over adapters with int8 weights; one stream and quoting with int4 weights."""
    def measured(*options):
        return common.sartor_json(program, "bench", "generate", "--model", model, "--json", *options)
    int8 = measured("--weights", "int8")
    int4 = measured("--weights", "int4", "--streams", "1", *([] if table else ["--quoting"]))
    found = {"prefill": int8["prefill_tokens_per_second"], "one_int8": int8["streams"]["1"], "many": int8["streams"]["16"],
             "one_int4": int4["streams"]["1"]}
    if not table:
        found["many_adapters"] = measured("--adapters", adapters)["streams"]["16"]
        found["quoting"], found["quoting_plain"] = int4["quoting"]["guessing"], int4["quoting"]["plain"]
    return found


def generate_short(program, model):
    """Tokens a second of short prompts and texts with int8 weights: fewer, so that more rounds can be taken."""
    found = common.sartor_json(program, "bench", "generate", "--model", model, "--weights", "int8", "--prompt", "256", "--tokens", "48", "--json")
    return {"prefill": found["prefill_tokens_per_second"], "one": found["streams"]["1"], "many": found["streams"]["16"]}


def step(program, model, rows="4", length="256"):
    """What `sartor bench step` says: tokens a second, every position in the loss."""
    return common.sartor_json(program, "bench", "step", "--model", model, "--rows", rows, "--length", length, "--json")
