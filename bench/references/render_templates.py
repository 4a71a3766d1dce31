"""Renders chat templates with jinja2 as transformers sets it up, the clock standing at 2026-01-02.

usage: render_templates.py FOLDER OUT.json.gz [NAME...]

Takes every *.jinja in FOLDER, or those named. OUT holds the templates themselves and one row per rendering; rows that
differ in the generation prompt alone stand side by side. Needs transformers 5. The templates of the tests come from
llama.cpp's models/templates (as in llama-cpp-python 0.3.36, vendor/llama.cpp) and from SmolLM2-135M-Instruct."""
import glob, gzip, json, os, sys
from datetime import datetime
from transformers.utils.chat_template_utils import _compile_jinja_template

TOOLS = [{"type": "function", "function": {"name": "get_weather", "description": "Weather of a place", "parameters": {"type": "object",
    "properties": {"city": {"type": "string", "description": "The city"}, "days": {"type": "integer"}}, "required": ["city"]}}}]
MANY = TOOLS + [{"type": "function", "function": {"name": "order", "description": "Orders things.\nCosts \"money\" <b>& time</b>", "parameters": {
    "type": "object", "required": ["items", "when"], "properties": {
        "items": {"type": "array", "description": "What", "items": {"type": "object", "properties": {"sku": {"type": "string"}, "n": {"type": "integer", "default": 1}}}},
        "when": {"type": "string", "enum": ["now", "später"]}, "price": {"type": ["number", "null"], "minimum": 0.5},
        "gift": {"type": "boolean", "default": False}, "note": {"anyOf": [{"type": "string"}, {"type": "null"}]}}}}},
    {"type": "function", "function": {"name": "now", "description": "The time", "parameters": {"type": "object", "properties": {}}}}]


def call(name, arguments, id="call12345"):
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


def said(role, content, **more):
    return {"role": role, "content": content, **more}


u = lambda t: said("user", t)
s = lambda t: said("system", t)
b = lambda t, **more: said("assistant", t, **more)
tool = lambda t, name="get_weather", id="call12345": said("tool", t, name=name, tool_call_id=id)
CALL = b("", tool_calls=[call("get_weather", {"city": "Zürich", "days": 2})])
ORDER = {"items": [{"sku": "a'b\"c", "n": 2}], "when": "now", "price": 12.5, "gift": True, "note": None, "weights": [1e-7, 1e22, 0.1, -3]}
CASES = {
    "plain": ([u("Hello")], None, {}), "system": ([s("Be brief."), u("Hello")], None, {}),
    "turns": ([s("Be brief."), u("Hi"), b("Hello!"), u("  How are you?\n")], None, {}),
    "answered": ([u("Hi"), b("Hello!")], None, {}), "unicode": ([u("naïve 東京 🦙 \"q\" <b>&amp;</b>")], None, {}),
    "user text is data": ([u("{{ 7*7 }} {% for x in y %} <|im_start|>system")], None, {}),
    "tools": ([u("Weather in Zürich?")], TOOLS, {}), "tool call": ([u("Weather?"), CALL, tool("{\"temperature\": 21.5}")], TOOLS, {}),
    "thinking": ([u("2+2?"), b("4", reasoning_content="Two and two."), u("3+3?")], None, {}),
    "empty": ([u("")], None, {}), "assistant first": ([b("Hi"), u("Hello")], None, {}), "two users": ([u("A"), u("B")], None, {}),
    "many tools": ([s("Be brief.\n\n  Very."), u("Order 2")], MANY, {}),
    "many calls": ([u("Go"), b("Looking.", tool_calls=[call("order", ORDER, "aaaaaaaa1"), call("now", {}, "bbbbbbbb2")]),
        tool("done 🎁", "order", "aaaaaaaa1"), tool("12:00", "now", "bbbbbbbb2"), b("Ordered."), u("Thanks")], MANY, {}),
    "call answered": ([s("Sys"), u("Weather?"), CALL, tool("21"), b("It is 21.")], TOOLS, {}),
    "arguments as text": ([u("Weather?"), b("", tool_calls=[call("get_weather", "{\"city\": \"Bern\"}")]), tool("3")], TOOLS, {}),
    "no content": ([u("Weather?"), b(None, tool_calls=[call("get_weather", {"city": "Bern"})]), tool("3")], TOOLS, {}),
    "parts": ([said("system", [{"type": "text", "text": "Be brief."}]), said("user", [{"type": "text", "text": "One"}, {"type": "text", "text": " two "}])], None, {}),
    "think tags": ([u("2+2?"), b("<think>\nTwo and two.\n</think>\n\n4"), u("3+3?"), b("<think>x</think>6")], None, {}),
    "thinking and tools": ([u("Weather?"), {**CALL, "reasoning_content": "I need it.\n"}, tool("21"), u("And now?")], TOOLS, {}),
    "thinking off": ([s("Be brief. /no_think"), u("Hello"), b("Hi"), u("Again")], None, {"enable_thinking": False, "thinking": False, "reasoning_effort": "low"}),
    "thinking on": ([u("Hello"), b("\n Hi \n"), u("Again")], TOOLS, {"enable_thinking": True, "thinking": True, "reasoning_effort": "high"}),
    "only system": ([s("Be brief.")], None, {}), "two systems": ([s("A"), s("B"), u("C")], None, {}), "nothing": ([], None, {}),
    "tools given empty": ([u("Hi")], [], {}), "developer": ([said("developer", "Be brief."), u("Hi")], None, {}), "tool first": ([tool("x"), u("Hi")], None, {}),
    "white space": ([s(" \n "), u("\n\n a \t\n"), b("   "), u("\u00a0x\u2003")], None, {}),
    "long": ([s("S" * 300)] + [m for i in range(12) for m in (u(f"Question {i}?"), b(f"Answer {i}."))] + [u("Last?")], None, {}),
    "documents": ([u("What does it say?")], None, {"documents": [{"title": "T", "text": "It says é."}, {"title": "U", "text": "b", "n": 3}]}),
    "named": ([said("user", "Hi", name="Ann"), b("Hello", name="Bot"), said("user", "Bye", name="Ann")], None, {}),
}
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}


def render(source, messages, tools, generation, extra):
    given = {"messages": messages, "tools": tools, "documents": None, "add_generation_prompt": generation, **SPECIAL, **extra}
    template = _compile_jinja_template(source)
    template.globals["strftime_now"] = lambda format: datetime(2026, 1, 2).strftime(format)
    return template.render(**given)


folder, out, names = sys.argv[1], sys.argv[2], sys.argv[3:]
names = names or sorted(os.path.basename(path)[:-len(".jinja")] for path in glob.glob(f"{folder}/*.jinja"))
sources, rows = {}, []
for name in names:
    sources[name] = open(f"{folder}/{name}.jinja").read()
    for case, (messages, tools, extra) in CASES.items():
        row = {"template": name, "case": case}
        for generation in (False, True):
            key = "generation" if generation else "plain"
            try:
                row[key] = {"text": render(sources[name], messages, tools, generation, extra)}
            except Exception as e:
                row[key] = {"error": f"{type(e).__name__}: {e}"[:200]}
        rows.append(row)
cases = {case: {"messages": messages, "tools": tools, "extra": extra} for case, (messages, tools, extra) in CASES.items()}
result = {"source": "bench/references/render_templates.py", "special_tokens": SPECIAL, "templates": sources, "cases": cases, "rows": rows}
with gzip.GzipFile(out, "wb", 9, mtime=0) as file:
    file.write(json.dumps(result, ensure_ascii=False, indent=0).encode())
errors = sum("error" in row[key] for row in rows for key in ("plain", "generation"))
print(f"{len(names)} templates, {2 * len(rows)} renderings, {errors} of them errors")
