"""Recomputes a comparison's figures from the stored answers, with scipy and numpy alone.

usage: recompute.py PROJECT_DIR [Q_JSON]
  PROJECT_DIR  a project after `sartor compare` or `sartor quickstart`; its runs/ folder is read
  Q_JSON       the figures to hold them against (default: PROJECT_DIR/runs/comparison.json)
Needs: numpy scipy. Exits with 1 where a figure differs. Exact figures (scores, Wilson intervals, McNemar and Wilcoxon p-values, Newcombe
intervals, those over groups and trainings for right or wrong answers, Holm, calibration errors, coverages, the baseline of the commonest answer,
what went wrong as far as words and `checks.json` tell it) must agree to 1e-6; bootstrap intervals and randomisation
p-values to Monte-Carlo error (0.02). The baseline of the best passage needs the index, and is not recomputed.
"""
import json, math, re, string, sys
from collections import Counter
import numpy as np
import scipy.stats as st

project = sys.argv[1]
figures = json.load(open(sys.argv[2] if len(sys.argv) > 2 else f"{project}/runs/comparison.json"))
EXACT, CHANCE = 1e-6, 0.02
faults, checked = [], 0


def hold(what, ours, theirs, within):
    global checked
    checked += 1
    if not abs(ours - theirs) <= within:
        faults.append(f"{what}: recomputed {ours}, stored {theirs}")


def normal(text):
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def f1(answer, reference):
    a, b = normal(answer).split(), normal(reference).split()
    if not a or not b:
        return float(a == b)
    same = sum((Counter(a) & Counter(b)).values())
    if not same:
        return 0.0
    precision, recall = same / len(a), same / len(b)
    return 2 * precision * recall / (precision + recall)


METRICS = {"accuracy": lambda a, refs: float(a == refs[0]), "token_f1": lambda a, refs: max(f1(a, r) for r in refs),
           "exact_match": lambda a, refs: float(any(normal(a) == normal(r) for r in refs))}
BINARY = {"accuracy", "exact_match"}


def wilson(k, n, error=.05):
    return st.binomtest(int(k), n).proportion_ci(1 - error, "wilson")


def newcombe(x, y, error=.05):
    """Newcombe 1998, method 10, for paired shares x - y."""
    n = len(x)
    cells = [int(np.sum(m)) for m in ((x == 1) & (y == 1), (x == 1) & (y == 0), (x == 0) & (y == 1), (x == 0) & (y == 0))]
    return newcombe_of(cells, wilson(cells[0] + cells[1], n, error), wilson(cells[0] + cells[2], n, error))


def newcombe_of(cells, first, second):
    a, b, c, d = cells
    n = sum(cells)
    p1, p2 = (a + b) / n, (a + c) / n
    (l1, u1), (l2, u2) = first, second
    product = (a + b) * (c + d) * (a + c) * (b + d)
    phi = 0.0
    if product > 0:
        top = a * d - b * c
        top = max(top - n / 2, 0) if top > 0 else top
        phi = top / math.sqrt(product)
    diff = p1 - p2
    low = math.sqrt(max(0, (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2))
    high = math.sqrt(max(0, (u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2))
    return diff - low, diff + high


def bootstrap(values, error=.05):
    r = np.random.default_rng(1)
    means = values[r.integers(0, len(values), (10000, len(values)))].mean(axis=1)
    return np.percentile(means, [50 * error, 100 - 50 * error])


def spread(values, groups):
    """Variance of the mean and its degrees of freedom: by group where examples have one."""
    n = len(values)
    sums = Counter()
    for value, group in zip(values - values.mean(), groups):
        sums[group] += value
    g = len(sums)
    return (sum(v * v for v in sums.values()) * g / (g - 1) / n**2, g - 1) if g > 1 else (0.0, 1)


def of_trainings(trainings, groups):
    """What trainings add to the variance of their mean, by the components of variance, with its degrees of freedom."""
    s = len(trainings)
    if s == 1:
        return 0.0, math.inf
    means, figures = trainings.mean(axis=0), trainings.mean(axis=1)
    total = figures.var(ddof=1) / s
    noise = sum(spread(t - means - (f - means.mean()), groups)[0] for t, f in zip(trainings, figures)) / (s - 1) / s
    return (total - noise, (s - 1) * (1 - noise / total)) if total > noise else (0.0, math.inf)


def summed(parts):
    total = sum(v for v, _ in parts)
    below = sum(v * v / d for v, d in parts)
    return total, (total**2 / below if below else (min(d for _, d in parts) if total == 0 else math.inf))


def effective(each, total, degrees, error, n, trainings, groups):
    g = len(set(groups))
    if g == 1:
        return 0.0
    widening = st.t.ppf(1 - error / 2, degrees) / st.norm.ppf(1 - error / 2) if degrees < 1e6 else 1.0
    return min(each / total if total > 0 else g, 2 * n * trainings) / widening**2


def wilson_of(share, n, error):
    z = st.norm.ppf(1 - error / 2)
    w = z * z / n
    half = z * math.sqrt(share * (1 - share) / n + w / (4 * n)) / (1 + w)
    middle = (share + w / 2) / (1 + w)
    return max(0, middle - half), min(1, middle + half)


def nested_share(trainings, groups, error=.05):
    means = trainings.mean(axis=0)
    p = means.mean()
    total, degrees = summed([spread(means, groups), of_trainings(trainings, groups)])
    n = effective(p * (1 - p), total, degrees, error, len(means), len(trainings), groups)
    return wilson_of(p, n, error) if n else (0.0, 1.0)


def nested_difference(x, y, groups, error=.05):
    """The interval and Student's p of x - y, trainings by examples."""
    a, b = x.mean(axis=0), y.mean(axis=0)
    d = a.mean() - b.mean()
    total, degrees = summed([spread(a - b, groups), of_trainings(x, groups), of_trainings(y, groups)])
    both, only_a, only_b = (a * b).sum(), (a * (1 - b)).sum(), ((1 - a) * b).sum()
    n = effective((only_a + only_b) / len(a) - d * d, total, degrees, error, len(a), max(len(x), len(y)), groups)
    p = 1.0 if d == 0 else min(1, 2.0 ** -degrees) if total == 0 else 1.0 if len(set(groups)) == 1 else 2 * st.t.sf(abs(d) / math.sqrt(total), min(degrees, 1e9))
    if not n:
        return (-1.0, 1.0), p
    c = np.array([both, only_a, only_b, len(a) - both - only_a - only_b]) * n / len(a)
    return newcombe_of(c, wilson_of((c[0] + c[1]) / n, n, error), wilson_of((c[0] + c[2]) / n, n, error)), p


def calibration_error(rows, right, which):
    sure = np.array([row["confidence"][which] for row in rows])
    bins = np.minimum(14, (sure * 15).astype(int))
    return sum(abs((sure - right)[bins == b].sum()) for b in range(15)) / len(rows)


def coverage(rows, right, precision):
    sure = np.array([row["confidence"]["calibrated"] for row in rows])
    return max((np.mean(sure >= least) for least in set(sure) if right[sure >= least].mean() >= precision), default=0.0)


def squad(text):
    return normal(text).split()


def stands_in(text, references):
    """Whether one of the references stands in the text, word for word."""
    words = squad(text)
    return any(ref and any(words[i:i + len(ref)] == ref for i in range(len(words) - len(ref) + 1)) for ref in map(squad, references))


def failures(what, told, candidate, rows):
    """The counts of what went wrong. Which passages have a reference is decided by words alone: where a reference states a value, as a number
    or a date, or is a sentence, the program compares meanings, and the row is not held against it."""
    checks = json.load(open(f"{project}/runs/{candidate['run']}/checks.json"))["answers"]
    made_of = json.load(open(f"{project}/runs/{candidate['run']}/made-of.json"))
    unknown = made_of["settings"]["tasks"][0].get("unanswerable")
    at_least, open_rows, wrong = Counter(), 0, 0
    for row, check in zip(rows, checks):
        if row["score"] >= told["right_from"]:
            continue
        wrong += 1
        refs = row["references"]
        if unknown in refs:
            at_least["unanswerable"] += 1
        elif any(re.search(r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|noon|midnight)\b", r.lower()) or len(squad(r)) > 5 for r in refs) or re.search(r"n't\b|\b(no|not|never|without)\b", " ".join([row["answer"]] + [p["text"] for p in row["passages"]]).lower()):
            open_rows += 1
        elif stands_in(re.sub(r"\s*\[\d{1,2}\]", "", row["answer"]), refs):
            at_least["verbose"] += 1
        else:
            having = {i for i, p in enumerate(row["passages"], 1) if stands_in("\n".join((p["document"], p["section"], p["text"])), refs)}
            used = any(having & set(s["cites"]) or s["is_supported"] and s["source"] in having for s in check["statements"])
            at_least["not_found" if not having else "misread" if used else "not_used"] += 1
    hold(f"{what} wrong", wrong, told["wrong"], 0)
    hold(f"{what} sum of failure points", sum(p["count"] for p in told["points"].values()), wrong, 0)
    hold(f"{what} unanswerable", at_least["unanswerable"], told["points"]["unanswerable"]["count"], 0)
    is_grouped = any(row.get("group") for row in rows)
    for name, point in told["points"].items():
        hold(f"{what} {name} share", point["count"] / len(rows), point["share"], EXACT)
        if not is_grouped:
            low, high = wilson(point["count"], len(rows))
            hold(f"{what} {name} low", low, point["low"], EXACT)
            hold(f"{what} {name} high", high, point["high"], EXACT)
        # Beside the rows that words alone decide are at most all of those that they do not.
        hold(f"{what} {name} count", min(max(point["count"], at_least[name]), at_least[name] + open_rows), point["count"], 0)


def stored(run):
    return [json.loads(line) for line in open(f"{project}/runs/{run}/answers.jsonl")]


for task in figures["tasks"]:
    metric, name = METRICS[task["metric"]], task["name"]
    binary = task["metric"] in BINARY
    values, nested, grouping = {}, {}, {}
    for candidate in task["candidates"]:
        rows = stored(candidate["run"])
        per = np.array([metric(row["answer"], row["references"]) for row in rows])
        values[candidate["name"]] = dict(zip((row["id"] for row in rows), per))
        what = f"{name}/{candidate['name']}"
        hold(f"{what} rows", len(rows), task["test_rows"], 0)
        further = [stored(f"seeds/{each['run']}") for each in candidate.get("trainings", [])[1:]]
        trainings = np.array([per] + [[metric(row["answer"], row["references"]) for row in each] for each in further])
        groups = [row.get("group") or row["id"] for row in rows]
        grouping |= dict(zip((row["id"] for row in rows), groups))
        is_nested = len(trainings) > 1 or len(set(groups)) < len(groups)
        nested[candidate["name"]] = is_nested, trainings
        hold(f"{what} score", trainings.mean(), candidate["score"], EXACT)
        for each, values_of_it in zip(candidate.get("trainings", []), trainings):
            hold(f"{what} seed {each['seed']}", values_of_it.mean(), each["score"], EXACT)
        within = EXACT if binary else CHANCE
        if is_nested and not binary:
            print(f"{what}: the interval of {task['metric']} over groups or trainings is not recomputed")
            low, high = candidate["low"], candidate["high"]
        else:
            low, high = nested_share(trainings, groups) if is_nested else wilson(per.sum(), len(per)) if binary else bootstrap(per)
        hold(f"{what} low", low, candidate["low"], within)
        hold(f"{what} high", high, candidate["high"], within)
        hold(f"{what} seconds", np.mean([row["seconds"] for row in rows]), candidate["seconds_per_answer"], EXACT)
        hold(f"{what} prompt tokens", np.mean([row["prompt_tokens"] for row in rows]), candidate["prompt_tokens"], EXACT)
        if candidate.get("failure_points"):
            failures(what, candidate["failure_points"], candidate, rows)
        reliability = candidate.get("reliability")
        if reliability:
            hold(f"{what} calibration error", calibration_error(rows, per, "calibrated"), reliability["calibration_error"], EXACT)
            hold(f"{what} uncalibrated", calibration_error(rows, per, "uncalibrated"), reliability["calibration_error_uncalibrated"], EXACT)
            for precision, share in reliability["coverage_at_precision"].items():
                hold(f"{what} coverage at {precision}", coverage(rows, per, float(precision)), share, EXACT)
    for baseline in task.get("baselines", []):
        if baseline["name"] == "majority":
            answer = re.fullmatch("always '(.*)', the commonest answer of the training examples", baseline["means"])[1]
            hold(f"{name}/majority", np.mean([metric(answer, row["references"]) for row in rows]), baseline["score"], EXACT)
    ps = []
    simultaneous = min(.05, .1 / max(1, len(task["candidates"]) - 1))
    for pair in task["pairs"]:
        ids = list(values[pair["first"]])
        x, y = (np.array([values[pair[k]][i] for i in ids]) for k in ("first", "second"))
        what = f"{name}/{pair['first']} - {pair['second']}"
        (first_nested, first), (second_nested, second) = nested[pair["first"]], nested[pair["second"]]
        hold(f"{what} difference", first.mean() - second.mean(), pair["difference"], EXACT)
        groups = [grouping[i] for i in ids]
        if (first_nested or second_nested) and not binary:
            ps.append(pair["p"])
            continue
        if first_nested or second_nested:
            (low, high), p = nested_difference(first, second, groups)
            wide, _ = nested_difference(first, second, groups, simultaneous)
            within = EXACT
        elif binary:
            only_x, only_y = int(((x == 1) & (y == 0)).sum()), int(((x == 0) & (y == 1)).sum())
            p = st.binomtest(only_x, only_x + only_y, .5).pvalue if only_x + only_y else 1.0
            low, high = newcombe(x, y)
            wide = newcombe(x, y, simultaneous)
            within = EXACT
        else:
            p = st.wilcoxon(x, y).pvalue if np.any(x != y) else 1.0
            low, high = bootstrap(x - y)
            wide = bootstrap(x - y, simultaneous)
            within = CHANCE
        ps.append(p)
        hold(f"{what} p", p, pair["p"], EXACT)
        hold(f"{what} low", low, pair["low"], within)
        hold(f"{what} high", high, pair["high"], within)
        if "simultaneous_low" in pair:
            hold(f"{what} simultaneous low", wide[0], pair["simultaneous_low"], within)
            hold(f"{what} simultaneous high", wide[1], pair["simultaneous_high"], within)
    order = np.argsort(ps)
    run = 0.0
    for i, k in enumerate(order):
        run = max(run, min(1.0, (len(ps) - i) * ps[k]))
        hold(f"{name} Holm {k}", run, task["pairs"][k]["holm_p"], EXACT)
print("\n".join(faults))
print(f"{checked} figures recomputed, {len(faults)} differ")
sys.exit(1 if faults else 0)
