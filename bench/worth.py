"""Recomputes what candidates are worth from their stored answers, by itself: profit, intervals, break-even, payback, tornado bars, turns.

usage: worth.py PROJECT_DIR WORTH_JSON [REPORT_HTML]
  PROJECT_DIR  a project after `sartor compare`, whose sartor.yaml has a section 'value'; its runs/ folder is read
  WORTH_JSON   what `sartor worth --project PROJECT_DIR --json` printed
  REPORT_HTML  a report of the same project: every cell of its tables about worth is held against the recomputed figure, too

Needs: pyyaml. Exits with 1 where a figure differs by more than a billionth of it (10⁻⁹ of 1 at least), or a cell by a character. Bootstrap
intervals must agree as well: the generator that the JDK specifies (L64X128MixRandom, Steele and Vigna 2021) is written out below.
"""
import html, json, math, re, sys
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

DRAWS, SEED, MASK = 10_000, 20_260_101, (1 << 64) - 1
Z = 1.959963984540054
COSTS = {"currency": "EUR", "machine_hour": 0.10, "volume_per_month": 10_000, "retrain_per_year": 4, "people_hour": 0, "person_per_answer": 0,
         "people_hours": {}}
VALUE = {"per_wrong": 0, "per_abstained": None, "people_accuracy": None, "people_per_answer": None, "hours_per_month": 0, "growth_per_month": 0,
         "horizon_months": 12, "project_cost": 0, "right_from": None, "ranges": {}}
BOUNDS = {"per_abstained": (-math.inf, math.inf), "people_accuracy": (0, 1), "growth_per_month": (-1, 10), "retrain_per_year": (0, 366),
          "volume_per_month": (1, math.inf)}
INPUTS = ["per_right", "per_wrong", "per_abstained", "people_accuracy", "people_per_answer", "hours_per_month", "growth_per_month", "project_cost",
          "person_per_answer", "machine_hour", "people_hour", "retrain_per_year", "volume_per_month"]
PEOPLE, NOBODY = "people alone", "doing nothing"
checked, faults = 0, []


def hold(what, ours, theirs):
    global checked
    checked += 1
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        good = abs(ours - theirs) <= 1e-9 * max(1, abs(ours), abs(theirs))
    else:
        good = ours == theirs
    if not good:
        faults.append(f"{what}: recomputed {ours}, printed {theirs}")


# ---- The JDK's generator ---------------------------------------------------------------------------------------------

def mixed(z, shifts, factors):
    z = ((z ^ z >> shifts[0]) * factors[0]) & MASK
    z = ((z ^ z >> shifts[1]) * factors[1]) & MASK
    return z ^ z >> shifts[2]


def samples(n):
    """10,000 lists of n row numbers, as Resampling draws them."""
    seed = SEED ^ 0x6A09E667F3BCC909
    a = mixed(seed, (33, 33, 33), (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)) | 1
    stafford = (30, 27, 31), (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
    s, x0, x1 = 1, mixed(seed, *stafford), mixed((seed + 0x9E3779B97F4A7C15) & MASK, *stafford)

    def draw():
        nonlocal s, x0, x1
        z = (s + x0) & MASK
        z = ((z ^ z >> 32) * 0xDABA0B6EB09322E3) & MASK
        z = ((z ^ z >> 32) * 0xDABA0B6EB09322E3) & MASK
        z ^= z >> 32
        s = (0xD1342543DE82EF95 * s + a) & MASK
        x1 ^= x0
        x0 = ((x0 << 24 | x0 >> 40) ^ x1 ^ x1 << 16) & MASK
        x1 = (x1 << 37 | x1 >> 27) & MASK
        return z >> 32

    def below(bound):
        r = draw()
        if not bound & bound - 1:
            return r & bound - 1
        while True:
            u = r >> 1
            r = u % bound
            if u + bound - 1 - r < 1 << 31:
                return r
            r = draw()

    return [[below(n) for _ in range(n)] for _ in range(DRAWS)]


def around(money, drawn):
    """How far the middle 95 % of the mean reaches below and above it."""
    n = len(money)
    mean = sum(money) / n
    means = sorted(sum(map(money.__getitem__, rows)) / n for rows in drawn)

    def percentile(share):
        at = share * (DRAWS - 1)
        low = int(at)
        return means[low] + (at - low) * (means[min(low + 1, DRAWS - 1)] - means[low])
    return percentile(.025) - mean, percentile(.975) - mean


# ---- What is reckoned with -------------------------------------------------------------------------------------------

def brings(t, right, wrong):
    return right * t["per_right"] - wrong * t["per_wrong"]


def abstained(t):
    if t.get("per_abstained") is not None:
        return t["per_abstained"]
    q = t.get("people_accuracy")
    return 0 if q is None else brings(t, q, 1 - q)


def people_gain(t):
    q = t.get("people_accuracy")
    if q is None:
        return None
    paid = t["people_per_answer"] if t.get("people_per_answer") is not None else t["person_per_answer"]
    return brings(t, q, 1 - q) - paid, 0, 0


def growth(rate, months):
    return sum((1 + rate) ** m for m in range(months))


class Candidate:
    def __init__(self, folder, run, right_from, people_hours):
        rows = [json.loads(line) for line in open(folder / run / "answers.jsonl")]
        made = json.load(open(folder / run / "run.json"))
        self.name, self.n = made["recipe"]["candidate"], len(rows)
        threshold = ((made["setup"].get("abstention") or {}).get("threshold"))
        self.by_id = {}
        for row in rows:
            sure = (row.get("confidence") or {}).get("calibrated", 0)
            self.by_id[row["id"]] = "left" if threshold is not None and sure < threshold else "right" if row["score"] >= right_from else "wrong"
        self.seconds = sum(row["seconds"] for row in rows) / self.n
        self.prompt, self.completion = (sum(row[k] for row in rows) / self.n for k in ("prompt_tokens", "completion_tokens"))
        self.setup, self.training = made["setup"]["seconds"], made["setup"]["training_seconds"]
        self.hours, self.remote = people_hours.get(made["recipe"]["approach"], 0), made["remote"]

    def ordered(self, ids):
        self.outcomes = [self.by_id[i] for i in ids]
        self.right, self.wrong, self.left = (self.outcomes.count(k) / self.n for k in ("right", "wrong", "left"))
        self.given = round((self.right + self.wrong) * self.n)

    def cost(self, t, remotes):
        second = t["machine_hour"] / 3600
        if self.remote:
            price = remotes[self.remote]
            each = (self.prompt * price.get("price_per_million_prompt_tokens", 0) + self.completion * price.get("price_per_million_completion_tokens", 0)) / 1e6
        else:
            each = self.seconds * second
        year = (self.setup + self.training * t["retrain_per_year"]) * second + self.hours * t["people_hour"]
        return each + self.left * t["person_per_answer"], year

    def gain(self, t, remotes, score=None):
        right, wrong = self.right, self.wrong
        if score is not None:
            right, wrong = (self.right + self.wrong) * score, (self.right + self.wrong) * (1 - score)
        each, year = self.cost(t, remotes)
        return (brings(t, right, wrong) + self.left * abstained(t) - each, year / 12 + t["hours_per_month"] * t["people_hour"], t["project_cost"])

    def money(self, t):
        worth = {"right": t["per_right"], "wrong": -t["per_wrong"], "left": abstained(t) - t["person_per_answer"]}
        return [worth[k] for k in self.outcomes]

    def score(self):
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0

    def interval(self):
        """Wilson's."""
        n, k = self.given, round(self.right * self.n)
        if n == 0:
            return 0, 1
        p = k / n
        middle, half = (p + Z * Z / (2 * n)) / (1 + Z * Z / n), Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0, middle - half), min(1, middle + half)


# ---- One task --------------------------------------------------------------------------------------------------------

def task_worth(project, comparison, settings, theirs, report):
    task = next(t for t in settings["tasks"] if t["name"] == theirs["task"])
    compared = next(t for t in comparison["tasks"] if t["name"] == theirs["task"])
    value = {**VALUE, **(settings.get("value") or {}), **(task.get("value") or {})}
    costs = {**COSTS, **(settings.get("costs") or {})}
    remotes = {each["name"]: each for each in settings.get("remotes", [])}
    binary = bool(task.get("labels")) or compared["metric"] == "exact_match"
    t = {key: value.get(key, costs.get(key)) for key in INPUTS}
    months = value["horizon_months"]
    candidates = [Candidate(project / "runs", c["run"], 1 if binary else value["right_from"], costs["people_hours"]) for c in compared["candidates"]]
    ids = list(candidates[0].by_id)
    for candidate, figures in zip(candidates, compared["candidates"]):
        candidate.ordered(ids)
        each, year = candidate.cost(t, remotes)
        hold(f"{candidate.name} cost for 1,000", 1000 * (each + year / 12 / t["volume_per_month"]), figures["cost_per_1000"])
    by_name = {c.name: c for c in candidates}
    shipped = compared["verdict"]["candidate"]
    volume, sum_growth = t["volume_per_month"], growth(t["growth_per_month"], months)

    def gain(name, terms, score=None):
        if name == NOBODY:
            return 0, 0, 0
        if name == PEOPLE:
            return people_gain(terms)
        return by_name[name].gain(terms, remotes, score)

    def horizon(name, terms, score=None, summed=None):
        g, fixed, once = gain(name, terms, score)
        return terms["volume_per_month"] * (growth(terms["growth_per_month"], months) if summed is None else summed) * g - months * fixed - once

    players = [shipped] + [c.name for c in candidates if c.name != shipped] + ([PEOPLE] if people_gain(t) else []) + [NOBODY]
    others = [c.name for c in candidates if c.name != shipped]
    runner = max(others, key=lambda n: horizon(n, t)) if others else None
    best = max(players, key=lambda n: horizon(n, t))
    for key, ours in (("shipped", shipped), ("runner_up", runner), ("best", best), ("currency", costs["currency"]), ("months", months)):
        hold(key, ours, theirs[key])
    hold("inputs", {k: float(v) for k, v in t.items() if v is not None}, theirs["inputs"])
    drawn = samples(len(ids))
    money = {c.name: c.money(t) for c in candidates}
    rows = {}
    for name in [c.name for c in candidates] + [n for n in (PEOPLE, NOBODY) if n in players]:
        g, fixed, once = gain(name, t)
        low, high = around(money[name], drawn) if name in by_name else (0, 0)

        def figure(amount, answers):
            return {"value": amount, "low": amount + answers * low, "high": amount + answers * high}
        month = volume * g - fixed
        c = by_name.get(name)
        row = {"name": name, "per_answer": g, "fixed_per_month": fixed, "profit_per_month": figure(month, volume)}
        q = t["people_accuracy"]
        row["right"], row["wrong"], row["left"] = (c.right, c.wrong, c.left) if c else (q, 1 - q, 0) if name == PEOPLE else (0, 0, 0)
        alone = people_gain(t)
        row["against_people"] = figure(month - volume * alone[0], volume) if alone and name != PEOPLE else None
        row["against_shipped"] = None
        if c and name != shipped:
            sg, sfixed, _ = gain(shipped, t)
            dlow, dhigh = around([a - b for a, b in zip(money[name], money[shipped])], drawn)
            amount = month - (volume * sg - sfixed)
            row["against_shipped"] = {"value": amount, "low": amount + volume * dlow, "high": amount + volume * dhigh}
        paid = once + months * fixed
        row["break_even_volume"] = max(0, paid / (g * sum_growth)) if g > 0 else None
        row["break_even_volume_against_people"] = (max(0, paid / ((g - alone[0]) * sum_growth)) if g > alone[0] else None) if alone and name != PEOPLE else None
        sums, v = [-once], volume
        row["break_even_month"] = None
        for m in range(months):
            profit = v * g - fixed
            if profit >= 0 and row["break_even_month"] is None:
                row["break_even_month"] = m + 1
            sums.append(sums[-1] + profit)
            v *= 1 + t["growth_per_month"]
        row["cumulated"] = sums
        crossing = next((m for m in range(1, months + 1) if sums[m] >= 0), None)
        row["payback"] = None if crossing is None else 0.0 if sums[crossing - 1] >= 0 else crossing - 1 + sums[crossing - 1] / (sums[crossing - 1] - sums[crossing])
        row["horizon_profit"] = figure(horizon(name, t), volume * sum_growth)
        rows[name] = row
    hold("rows", list(rows), [r["name"] for r in theirs["rows"]])
    for printed in theirs["rows"]:
        flat(printed["name"], rows[printed["name"]], printed)
    bars = tornado(t, value["ranges"], by_name, shipped, runner, horizon)
    hold("bars", sorted(b["name"] for b in bars), sorted(name_of(b) for b in theirs["tornado"]))
    widths = [abs(b["profit"]["to"] - b["profit"]["from"]) for b in theirs["tornado"]]
    hold("widest first", sorted(widths, reverse=True), widths)
    for bar in theirs["tornado"]:
        ours = next(b for b in bars if b["name"] == name_of(bar))
        for key in ("at", "from", "to", "range", "profit", "lead"):
            flat(f"bar {ours['name']} {key}", ours[key], bar[key])
    turns = all_turns(t, months, by_name, [n for n in (shipped, runner) if n], players, best, horizon)
    hold("turns", [x["name"] for x in turns], [name_of(x) for x in theirs["turns"]])
    for ours, printed in zip(turns, theirs["turns"]):
        for key in ("at", "below", "above"):
            flat(f"turn {ours['name']} {key}", ours[key], printed[key])
    if report:
        cells(report, theirs["task"], rows, bars, turns, shipped, bool(people_gain(t)), theirs)


def name_of(each):
    return each["input"] + (f" of {each['candidate']}" if each["candidate"] else "")


def flat(what, ours, theirs):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours:
            flat(f"{what} {key}", ours[key], theirs.get(key))
    elif isinstance(ours, list) and isinstance(theirs, list):
        hold(f"{what} length", len(ours), len(theirs))
        for i, (a, b) in enumerate(zip(ours, theirs)):
            flat(f"{what} {i}", a, b)
    else:
        hold(what, ours, theirs)


def tornado(t, ranges, by_name, shipped, runner, horizon):
    bars = []

    def ends(low, high):
        return {"from": low, "to": high}
    for key in INPUTS:
        at = t[key]
        if at is None or (at == 0 and key not in ranges):
            continue
        least, most = BOUNDS.get(key, (0, math.inf))
        low, high = ranges[key] if key in ranges else (max(least, at - abs(at) / 4), min(most, at + abs(at) / 4))
        sides = [{**t, key: x} for x in (low, high)]
        bars.append({"name": key, "at": at, "from": low, "to": high, "range": "its own range" if key in ranges else "±25 %",
                     "profit": ends(*(horizon(shipped, s) for s in sides)),
                     "lead": ends(*(horizon(shipped, s) - horizon(runner, s) for s in sides)) if runner else None})
    now = horizon(shipped, t)
    for name in (n for n in (shipped, runner) if n):
        low, high = by_name[name].interval()
        a, b = horizon(name, t, low), horizon(name, t, high)
        own = name == shipped
        lead = None if not runner else ends(a - horizon(runner, t), b - horizon(runner, t)) if own else ends(now - a, now - b)
        bars.append({"name": f"score of {name}", "at": by_name[name].score(), "from": low, "to": high, "range": "95 % interval",
                     "profit": ends(a, b) if own else ends(now, now), "lead": lead})
    return [b for b in bars if b["profit"]["from"] != b["profit"]["to"] or (b["lead"] and b["lead"]["from"] != b["lead"]["to"])]


def all_turns(t, months, by_name, scored, players, best, horizon):
    turns = []

    def turn(name, at, least, most, profit, shown=lambda x: x, said=None):
        x1 = at + max(1, abs(at))
        b0, b1 = profit(best, at), profit(best, x1)
        below = above = None
        for other in players:
            if other == best:
                continue
            o0, o1 = profit(other, at), profit(other, x1)
            change = b1 - o1 - (b0 - o0)
            if abs(change) <= 1e-9 * max(map(abs, (b0, b1, o0, o1))):
                continue
            meets = at - (b0 - o0) * (x1 - at) / change
            if not least + 1e-9 * max(1, abs(at)) < meets < most - 1e-9 * max(1, abs(at)):
                continue
            if change < 0 and (above is None or meets < above[0]):
                above = meets, other
            if change > 0 and (below is None or meets > below[0]):
                below = meets, other
        edges = [e and {"value": shown(e[0]), "best": e[1]} for e in (below, above)]
        if any(edges):
            turns.append({"name": name, "at": at if said is None else said, "below": edges[0], "above": edges[1]})
    for key in INPUTS:
        if t[key] is None or (key == "growth_per_month" and months == 1):
            continue
        least, most = BOUNDS.get(key, (0, math.inf))
        if key == "growth_per_month":
            turn(key, growth(t[key], months), growth(least, months), growth(most, months), lambda n, x: horizon(n, t, summed=x),
                 lambda s: inverse(s, months), t[key])
        else:
            turn(key, t[key], least, most, lambda n, x: horizon(n, {**t, key: x}))
    for name in scored:
        if by_name[name].left < 1:
            turn(f"score of {name}", by_name[name].score(), 0, 1, lambda n, x: horizon(n, t, x if n == name else None))
    return turns


def inverse(wanted, months):
    low, high = -1.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if growth(middle, months) < wanted else (low, middle)
    return (low + high) / 2


# ---- The report's cells ----------------------------------------------------------------------------------------------

def rounded(x, digits):
    return x if x == 0 else x.quantize(Decimal(1).scaleb(x.adjusted() - digits + 1), ROUND_HALF_EVEN)


def amount(x):
    size = Decimal(abs(x))
    if size >= 1000:
        text = f"{int(size.quantize(Decimal(1), ROUND_HALF_EVEN)):,}"
    elif size >= 1:
        text = str(size.quantize(Decimal("0.01"), ROUND_HALF_EVEN))
    elif size == 0:
        text = "0"
    else:
        two = rounded(size, 2)
        text = f"{rounded(two, 2):f}"
    return ("−" if x < 0 else "") + text


def plain(x):
    size = rounded(Decimal(abs(x)), 4)
    text = f"{int(size):,}" if size >= 1000 else "0" if size == 0 else f"{size.normalize():f}"
    return ("−" if x < 0 else "") + text


def percent(x):
    two = rounded(Decimal(100 * x), 2)
    return ("0" if two == 0 else f"{two.normalize():f}") + " %"


def signed(x):
    return ("+" if x > 0 else "") + amount(x)


def interval(f):
    return f"{amount(f['low'])} to {amount(f['high'])}"


def needed(x):
    return "none" if x is None else "any" if x == 0 else plain(math.ceil(x))


def table(section, kind):
    body = re.search(rf'<table class="figures {kind}">.*?<tbody>(.*?)</tbody>', section, re.S)
    rows = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body[1] if body else "", re.S):
        shown = [re.sub(r"<svg.*?</svg>", "", cell, flags=re.S) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        rows.append([[html.unescape(p) for p in re.split(r"<[^>]*>", cell) if p.strip()] for cell in shown])
    return rows


def cells(report, task, rows, bars, turns, shipped, has_people, theirs):
    article = next(a for a in report.split("<article")[1:] if f'<p class="eyebrow">Task {task}</p>' in a)
    section = re.search(r'<section class="worth">.*?</section>', article, re.S)[0]
    expected = []
    for row in rows.values():
        candidate = row["name"] not in (PEOPLE, NOBODY)
        against = row["against_people"]
        own = row["against_shipped"]
        expected.append(list(map(lambda c: [p for p in c if p], [
            [row["name"]], [percent(row["right"]) if row["right"] + row["wrong"] > 0 else "–"], [percent(row["left"]) if row["left"] > 0 else "–"],
            [amount(row["profit_per_month"]["value"]), interval(row["profit_per_month"]) if candidate else ""]]
            + ([[signed(against["value"]), interval(against) if candidate else ""] if against else []] if has_people else [])
            + [[signed(own["value"]), interval(own)] if own else [],
               [amount(row["horizon_profit"]["value"]), interval(row["horizon_profit"]) if candidate else ""]])))
    compare("worth", expected, table(section, "worth-table"))
    expected = []
    for row in rows.values():
        if row["name"] in (PEOPLE, NOBODY):
            continue
        paid = row["payback"]
        expected.append([[row["name"]], [needed(row["break_even_volume"])]] + ([[needed(row["break_even_volume_against_people"])]] if has_people else [])
                        + [[str(row["break_even_month"] or "none")],
                           ["not within it" if paid is None else "at once" if paid == 0 else f"{Decimal(paid).quantize(Decimal('0.1'), ROUND_HALF_EVEN)} months"]])
    compare("pays", expected, table(section, "pays-table"))
    by_name = {b["name"]: b for b in bars}
    ordered = [by_name[name_of(b)] for b in theirs["tornado"]]
    compare("tornado", [[[b["name"]], [f"{plain(b['from'])} to {plain(b['to'])}", b["range"]], list(map(amount, sorted(b["profit"].values())))]
                        + ([list(map(amount, sorted(b["lead"].values())))] if b["lead"] else []) for b in ordered], table(section, "tornado"))

    def edge(e):
        return ["–" if e is None else f"{plain(e['value'])}: {e['best']}"]
    compare("turns", [[[x["name"]], [plain(x["at"])], edge(x["below"]), edge(x["above"])] for x in turns], table(section, "turns-table"))


def compare(what, expected, found):
    hold(f"report {what} rows", len(expected), len(found))
    for ours, theirs in zip(expected, found):
        hold(f"report {what} {ours[0]} cells", len(ours), len(theirs))
        for i, (a, b) in enumerate(zip(ours, theirs)):
            hold(f"report {what} {ours[0]} cell {i}", a, b)


if len(sys.argv) < 3 or "--help" in sys.argv:
    sys.exit(print(__doc__) if "--help" in sys.argv else __doc__)
import yaml

project = Path(sys.argv[1])
report = Path(sys.argv[3]).read_text() if len(sys.argv) > 3 else None
settings = yaml.safe_load((project / "sartor.yaml").read_text())
comparison = json.loads((project / "runs/comparison.json").read_text())
for task in json.loads(Path(sys.argv[2]).read_text()):
    task_worth(project, comparison, settings, task, report)
print("\n".join(faults))
print(f"{checked} figures recomputed, {len(faults)} differ")
sys.exit(1 if faults else 0)
