"""Renders many small templates, one for each corner of the language, with jinja2 as transformers sets it up.

usage: render_snippets.py SNIPPETS.txt OUT.json.gz      Needs transformers 5. Lines of three hyphens separate the snippets."""
import gzip, json, sys
from datetime import datetime
from transformers.utils.chat_template_utils import _compile_jinja_template

VARIABLES = {"text": "  Hello, wörld 🦙!\n", "n": 7, "x": 2.5, "yes": True, "nothing": None, "words": ["b", "a", "C", "a"], "empty": [],
    "user": {"name": "Ann", "age": 30, "tags": ["x", "y"], "items": 3}, "quote": "it's \"q\"\\ \t", "html": "<b>&'\"</b>",
    "users": [{"name": "bob", "age": 3}, {"name": "Ann", "age": 30}, {"name": "cid", "age": 3}, {"name": "dan"}],
    "tree": [{"v": 1, "c": [{"v": 2, "c": [{"v": 3, "c": []}]}, {"v": 4, "c": []}]}], "lines": "a\n\n  b\r\nc\n",
    "mixed": [1, "1", 1.0, True, None, [2], {"k": "v"}]}

rows = []
for snippet in open(sys.argv[1], newline="").read().removesuffix("\n").split("\n---\n"):
    try:
        template = _compile_jinja_template(snippet)
        template.globals["strftime_now"] = lambda format: datetime(2026, 1, 2, 10).strftime(format)
        rows.append({"snippet": snippet, "text": template.render(**VARIABLES)})
    except Exception as e:
        rows.append({"snippet": snippet, "error": f"{type(e).__name__}: {e}"[:200]})
result = {"source": "bench/references/render_snippets.py", "variables": VARIABLES, "rows": rows}
with gzip.GzipFile(sys.argv[2], "wb", 9, mtime=0) as file:
    file.write(json.dumps(result, ensure_ascii=False, indent=0).encode())
print(len(rows), "snippets,", sum("error" in row for row in rows), "of them errors")
