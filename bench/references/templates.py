"""Renders odd and hostile small templates, written and drawn, with jinja2 as transformers sets it up.

usage: templates.py ODD.txt OUT.json.gz [DRAWN] [SEED]      Needs transformers 5. Lines of three hyphens separate the templates of
ODD.txt; DRAWN more (default 600) are drawn from a grammar of values, operators, filters, tests and methods."""
import copy, gzip, json, random, re, sys, warnings
from datetime import datetime
from transformers.utils.chat_template_utils import _compile_jinja_template

# The sandbox is not tight: `indent` extends a list in place, so that each template gets its own.
warnings.simplefilter("ignore", SyntaxWarning)
VARIABLES = {"s": "Hello, wörld 🦙", "e": "", "n": 7, "z": 0, "m": -3, "x": 2.5, "t": True, "f": False, "nil": None,
    "l": [3, 1, 2], "w": ["b", "A", "a", "C"], "o": [], "d": {"b": 1, "a": [1, 2], "C": "x"}, "k": {"name": "Ann", "n": None},
    "rows": [{"g": "x", "v": 2, "p": {"q": "b"}}, {"g": "Y", "v": 1, "p": {"q": "a"}}, {"g": "y", "v": 3, "p": {"q": "B"}}, {"g": "x"}],
    "messages": [{"role": "system", "content": "Be {{ brief }}"}, {"role": "user", "content": "<|im_end|>{% raw %}"},
        {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "f", "arguments": {"a": 1, "b": ["é", None]}}}]},
        {"role": "tool", "content": [{"type": "text", "text": "42"}]}],
    "tools": [{"type": "function", "function": {"name": "f", "parameters": {"properties": {"a": {"type": "integer"}}, "required": ["a"]}}}]}

ATOMS = list(VARIABLES)[:13] + ["missing", "'ab'", "'A b'", "' x '", "'1.5'", "'12'", "1", "-2", "0", "3.0", "1e3", "true", "none", "[1, 2]", "['a', 'b']",
    "(1, 'a')", "{'a': 1}", "range(4)", "\"it's\"", "'a\\nb'", "'é'", "rows", "k"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
FILTERS = ["length", "upper", "lower", "trim", "title", "capitalize", "string", "list", "int", "float", "abs", "round", "round(1)",
    "round(0, 'floor')", "first", "last", "reverse | list", "sort", "sort(reverse=true)", "sort(attribute='v')", "unique | list", "min", "max", "sum",
    "join", "join(', ')", "join('-', attribute='g')", "default('dflt')", "default('dflt', true)", "d(1)", "tojson", "tojson(indent=2)",
    "tojson(sort_keys=true)", "items | list", "dictsort", "dictsort(by='value')", "map('upper') | list", "map('string') | join", "map(attribute='g') | list",
    "map(attribute='p.q', default='-') | list", "select | list", "select('odd') | list", "reject('none') | list", "select('string') | list",
    "selectattr('v') | list", "selectattr('v', 'gt', 1) | list", "rejectattr('g', 'eq', 'x') | list", "groupby('g')", "groupby('v', default=0) | list",
    "batch(2) | list", "batch(2, '-') | list", "slice(2) | list", "slice(3, 0) | list", "indent", "indent(2, true)", "indent(1, blank=true)",
    "replace('a', 'X')", "replace('l', '', 1)", "center(9)", "truncate(5)", "truncate(6, true, '…')", "wordcount", "count", "format(1)",
    "attr('name')", "urlencode", "int(default=9)", "int(base=16)",
    "float(default=1.5)", "string | length"]
TESTS = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable", "callable", "true", "false",
    "odd", "even", "divisibleby 2", "divisibleby(3)", "eq 1", "ne 1", "lt 3", "ge(2)", "in [1, 'a']", "sameas true", "upper", "lower", "escaped",
    "filter", "test", "not none", "not string", "equalto 'ab'"]
METHODS = ["upper()", "lower()", "strip()", "split()", "split(',')", "split('b', 1)", "title()", "startswith('a')", "endswith('b')", "replace('a', 'b')",
    "find('b')", "count('a')", "items() | list", "keys() | list", "values() | list", "get('a')", "get('zz', 0)", "index(1)", "join(w)", "splitlines()",
    "isdigit()", "format(1)", "zfill(4)", "rsplit(None, 1)", "partition('b')", "lstrip('a')", "rstrip(' x')", "capitalize()", "isupper()", "isspace()",
    "casefold()", "expandtabs()", "isidentifier()", "rfind('b')", "rindex('b')", "istitle()", "isdecimal()", "is_integer()", "bit_length()"]

SLICEABLE = ["s", "e", "w", "l", "o", "rows", "range(4)", "(1, 'a')", "'ab'", "(w + l)", "(s ~ n)", "(s | lower)", "(rows | sort(attribute='g'))"]

class Drawn:
    def __init__(self, seed): self.random = random.Random(seed)
    def expression(self, depth):
        pick, sub = self.random.choice, lambda: self.expression(depth - 1)
        if depth == 0: return pick(ATOMS)
        kind = self.random.randrange(11)
        if kind < 3: return f"({sub()} {pick(OPERATORS)} {sub()})"
        if kind < 6: return f"{sub()} | {pick(FILTERS)}" if self.random.random() < .5 else f"({sub()} | {pick(FILTERS)})"
        if kind == 6: return f"({sub()} is {pick(TESTS)})"
        if kind == 7: return f"({sub()}).{pick(METHODS)}"
        if kind == 8: return f"{pick(SLICEABLE)}[{pick(['0', '-1', '1:', ':-1', '::2', '::-1', '-2:', '9', chr(39) + 'a' + chr(39), 'n'])}]"
        if kind == 9: return f"({sub()} if {sub()} else {sub()})"
        return f"(not {sub()})" if self.random.random() < .5 else f"(-{sub()})"
    def template(self):
        e = self.expression(self.random.choice([1, 1, 2, 2, 3]))
        return self.random.choice(["{{ %s }}"] * 5 + ["{%% for a in %s %%}[{{ a }}{{ loop.last }}]{%% else %%}none{%% endfor %%}", "{%% if %s %%}yes{%% else %%}no{%% endif %%}",
            "{%% set q = %s %%}{{ q ~ '|' ~ q }}"]) % e

def rendered(source):
    try:
        template = _compile_jinja_template(source)
        template.globals["strftime_now"] = lambda format: datetime(2026, 1, 2, 10).strftime(format)
        return {"template": source, "text": template.render(**copy.deepcopy(VARIABLES))}
    except Exception as e:
        return {"template": source, "error": f"{type(e).__name__}: {e}"[:200]}

UNSTABLE = re.compile(r"0x[0-9a-f]{6,}|<(generator|bound|built-in|method)")
rows = [rendered(t) for t in open(sys.argv[1], newline="").read().removesuffix("\n").split("\n---\n")]
odd, drawn, wanted = len(rows), Drawn(int(sys.argv[4]) if len(sys.argv) > 4 else 1), int(sys.argv[3]) if len(sys.argv) > 3 else 600
while len(rows) < odd + wanted:
    row = rendered(drawn.template())
    if not UNSTABLE.search(row.get("text", "")) and len(row.get("text", "")) < 2000: rows.append(row)
result = {"source": "bench/references/templates.py", "variables": VARIABLES, "rows": rows}
with gzip.GzipFile(sys.argv[2], "wb", 9, mtime=0) as file:
    file.write(json.dumps(result, ensure_ascii=False, indent=0).encode())
print(odd, "odd and", wanted, "drawn templates,", sum("error" in row for row in rows), "of them errors")
