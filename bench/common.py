"""What all measurements share: how Sartor is started, what is noted about the machine and its idleness, how two sides take turns, statistics, results.

A script makes one `Sitting` when its options are read, and writes its figures with `sitting.about()`:

    sitting = common.Sitting(a.sartor)
    result = sitting.about() | {"speed": …}
    common.write(a.out, result)

`python3 -m doctest bench/common.py` tests the statistics. Needs Python's standard library alone.
"""
import json, math, os, platform, random, resource, shlex, socket, statistics, subprocess, sys, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
REFERENCES = ROOT / "bench" / "references"
SARTOR = os.environ.get("SARTOR", str(ROOT / "sartor"))
FEWEST_ROUNDS = 3
MOST_OTHERS = 0.05
"""A machine is idle while other programs use at most this share of its cores."""
LOOK_SECONDS = 2.0


# ---- Starting programs --------------------------------------------------------------------------------------------

def environment(**more):
    """This process's, without OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE (and all else of OPENBLAS_): they slow down one side of a comparison."""
    return {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")} | more


def launcher(sartor):
    """The words that start Sartor, such as `./sartor` or `nice ./sartor`; a path is made absolute, so that it may be started from anywhere.

    >>> launcher("nice -n 5 sartor")
    ['nice', '-n', '5', 'sartor']
    """
    return [os.path.abspath(word) if os.sep in word and os.path.exists(word) else word for word in shlex.split(str(sartor))]


def run(*command, accepts=(0,), stop=True, **more):
    """Runs a command to its end in `environment()`. Any exit code but those in `accepts` ends the script with what it said."""
    command = [str(word) for word in command]
    done = subprocess.run(command, **({"capture_output": True, "text": True, "env": environment()} | more))
    if done.returncode not in accepts and stop:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{(done.stderr or '')[-3000:]}")
    return done


def sartor(program, *options, **more):
    """Runs Sartor: as `run`."""
    return run(*launcher(program), *options, **more)


def found_json(text):
    """The JSON of what a command printed: the whole from the first brace on, or the last line where that is none.

    >>> found_json('a remark\\n{"a": 1}\\n'), found_json('{"step": 1}\\n{"step": 2}\\n')
    ({'a': 1}, {'step': 2})
    """
    text = text.strip()
    try:
        return json.loads(text[text.index("{"):])
    except ValueError:
        return json.loads(text.splitlines()[-1])


def run_json(*command, **more):
    return found_json(run(*command, **more).stdout)


def sartor_json(program, *options, **more):
    return found_json(sartor(program, *options, **more).stdout)


def free_port():
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# ---- The machine --------------------------------------------------------------------------------------------------

def commit(folder=ROOT):
    """The checkout's commit, with `-dirty` where files that git knows differ from it (results aside, which are what is being written)."""
    def git(*words):
        return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True).stdout.strip()
    changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":(exclude)bench/results")
    return (git("rev-parse", "HEAD") or "unknown") + ("-dirty" if changed else "")


def processor():
    """As the system names it."""
    try:
        for line in open("/proc/cpuinfo", encoding="utf-8"):
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    named = subprocess.run(["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True).stdout.strip() if sys.platform == "darwin" else ""
    return named or platform.processor() or platform.machine()


def bf16_gflops(program):
    """Billions of operations a second in products of 2048×2048 matrices, by `sartor bench machine`; None from a Sartor without that command."""
    done = sartor(program, "bench", "machine", "--json", stop=False)
    return found_json(done.stdout)["bf16_gflops"] if done.returncode == 0 else None


def processor_seconds():
    """Busy seconds of all cores since the start of the system, other guests of the machine (`steal`) included; None where the system does not say."""
    try:
        fields = [int(each) for each in open("/proc/stat", encoding="utf-8").readline().split()[1:9]]
    except OSError:
        return None
    user, nice, system, _idle, _wait, hard, soft, steal = fields
    return (user + nice + system + hard + soft + steal) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    """Processor seconds of this process and of its children that have ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


class Look:
    """The share of all cores that others use while nothing of ours runs, over two seconds, and the load average."""

    def __init__(self, seconds=LOOK_SECONDS):
        self.load = round(os.getloadavg()[0], 2)
        busy, own, start = processor_seconds(), own_seconds(), time.monotonic()
        time.sleep(seconds)
        self.others = others_share(busy, own, start)


def others_share(busy, own, start):
    """The share of all cores that others have used since: what the system counted less what our own processes did."""
    if busy is None:
        return None
    spent = processor_seconds() - busy - (own_seconds() - own)
    return round(max(0.0, spent / (time.monotonic() - start) / os.cpu_count()), 3)


def is_idle(*shares):
    """Whether others used next to nothing at every look; None where the system does not say.

    >>> is_idle(0.0, 0.04), is_idle(0.0, 0.2), is_idle(0.0, None)
    (True, False, None)
    """
    return None if None in shares else all(share <= MOST_OTHERS for share in shares)


class Sitting:
    """From the start of a measurement to its results: the machine's speed and what others did on it, before, meanwhile and after.

    `before` is looked at now, so this takes some seconds (and a build, where Sartor is not built yet)."""

    def __init__(self, program=None):
        self.program = program or SARTOR
        path = next((Path(word) for word in launcher(self.program) if Path(word).name.startswith("sartor") and Path(word).exists()), None)
        self.commit = commit(path.resolve().parent if path else ROOT)
        self.speed = bf16_gflops(self.program)
        self.look = Look()
        self.busy, self.own, self.start = processor_seconds(), own_seconds(), time.monotonic()

    def about(self):
        """What every result begins with. Measures once more, so that a result that is written after each part tells of the time until then."""
        during = others_share(self.busy, self.own, self.start)
        after = Look()
        speed = bf16_gflops(self.program)
        return {
            "commit": self.commit,
            "date": time.strftime("%Y-%m-%d"),
            "machine": {"processor": processor(), "cores": os.cpu_count(), "threads": threads(), "system": platform.system() + " " + platform.machine(),
                        "bf16_gflops": {"before": self.speed, "after": speed}},
            "idle": is_idle(self.look.others, during, after.others),
            "others": {"load_before": self.look.load, "share_of_cores_before": self.look.others, "share_of_cores_meanwhile": during,
                       "share_of_cores_after": after.others},
        }


def threads():
    return int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count())


# ---- Two sides ----------------------------------------------------------------------------------------------------

def alternate(rounds, sides, said=lambda name, result: None, known=()):
    """Runs every side once a round; who begins changes from one round to the next. `sides` maps a name to a function without arguments; returns their
    results by name, one for each round. Fewer than three rounds tell nothing of their range and are refused. `known` are turns of an earlier sitting,
    (name, result) in their order, which are not run again.

    >>> turns = []
    >>> alternate(3, {"a": lambda: turns.append("a") or 1, "b": lambda: turns.append("b") or 2})
    {'a': [1, 1, 1], 'b': [2, 2, 2]}
    >>> "".join(turns)
    'abbaab'
    >>> alternate(3, {"a": lambda: turns.append("a") or 1, "b": lambda: turns.append("b") or 2}, known=[("a", 7), ("b", 8), ("b", 9)])
    {'a': [7, 1, 1], 'b': [8, 9, 2]}
    >>> "".join(turns)
    'abbaabaab'
    >>> alternate(2, {})
    Traceback (most recent call last):
    SystemExit: two sides are compared in 3 rounds or more, got 2: give --rounds 3
    """
    if rounds < FEWEST_ROUNDS:
        raise SystemExit(f"two sides are compared in {FEWEST_ROUNDS} rounds or more, got {rounds}: give --rounds {FEWEST_ROUNDS}")
    results = {name: [] for name in sides}
    known = list(known)
    for number in range(rounds):
        for name in list(sides) if number % 2 == 0 else reversed(list(sides)):
            if known:
                was, result = known.pop(0)
                if was != name:
                    raise SystemExit(f"turns of an earlier sitting are not in order: {was} where {name} was to come")
            else:
                result = sides[name]()
                said(name, result)
            results[name].append(result)
    return results


def ratio(ours, theirs):
    """Our figure by theirs, round by round: the median, with the range that the rounds had.

    >>> ratio([10.0, 12.0, 15.0], [5.0, 4.0, 5.0])
    {'median': 3.0, 'low': 2.0, 'high': 3.0, 'rounds': 3}
    """
    each = [a / b for a, b in zip(ours, theirs, strict=True)]
    return {"median": round(statistics.median(each), 3), "low": round(min(each), 3), "high": round(max(each), 3), "rounds": len(each)}


def told(figure, unit="times the peer"):
    """A ratio for a terminal.

    >>> told({"median": 3.0, "low": 2.0, "high": 3.25, "rounds": 3})
    '3.00 (2.00 to 3.25 in 3 rounds) times the peer'
    """
    return f"{figure['median']:.2f} ({figure['low']:.2f} to {figure['high']:.2f} in {figure['rounds']} rounds) {unit}"


# ---- Statistics ---------------------------------------------------------------------------------------------------

def median_of(rounds, key):
    """The median of one figure over rounds, or over those rounds that have it."""
    return round(statistics.median(each[key] for each in rounds), 4)


def wilson(right, count):
    """A share with Wilson's 95 % interval; None of nothing.

    >>> wilson(8, 10)
    {'share': 0.8, 'low': 0.4902, 'high': 0.9433, 'of': 10}
    >>> wilson(0, 0)
    """
    if count == 0:
        return None
    p, z = right / count, 1.959964
    middle = (p + z * z / 2 / count) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (p * (1 - p) / count + z * z / 4 / count / count) ** 0.5
    return {"share": round(p, 4), "low": round(middle - half, 4), "high": round(middle + half, 4), "of": count}


def t_quantile(share, freedom):
    """Of Student's t distribution, by Simpson's rule and bisection, to 1e-6.

    >>> [round(t_quantile(0.975, freedom), 3) for freedom in (1, 2, 6, 30)]
    [12.706, 4.303, 2.447, 2.042]
    """
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    # With t = √ν·tan(u) the density is bounded and its domain is too.
    density = lambda u: scale * math.sqrt(freedom) * math.cos(u) ** (freedom - 1)

    def below(t):
        end, parts = math.atan(t / math.sqrt(freedom)), 2000
        step = end / parts
        inner = sum((4 if i % 2 else 2) * density(i * step) for i in range(1, parts))
        return 0.5 + step / 3 * (density(0) + inner + density(end))

    low, high = 0.0, 1.0
    while below(high) < share:
        high *= 2
    while high - low > 1e-7 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < share else (low, middle)
    return (low + high) / 2


def mean_interval(gains):
    """The mean of what each message gains, with the percentile bootstrap's 95 % interval.

    >>> mean_interval([1, 1, 1])
    {'messages': 3, 'mean': 1.0, 'low': 1.0, 'high': 1.0}
    """
    chance = random.Random(1)
    means = sorted(sum(chance.choices(gains, k=len(gains))) / len(gains) for _ in range(2000))
    return {"messages": len(gains), "mean": round(sum(gains) / len(gains), 4), "low": round(means[50], 4), "high": round(means[1949], 4)}


def ratio_interval(before, after):
    """after ÷ before as a geometric mean over paired rounds, with its 95 % interval: Student's t of the logarithms' differences.

    >>> ratio_interval([100.0, 100.0, 100.0], [110.0, 110.0, 110.0])
    {'ratio': 1.1, 'low': 1.1, 'high': 1.1, 'rounds': 3}
    >>> ratio_interval([100.0, 110.0, 90.0, 100.0], [104.0, 108.0, 99.0, 101.0])
    {'ratio': 1.032, 'low': 0.9553, 'high': 1.115, 'rounds': 4}
    """
    logs = [math.log(b / a) for a, b in zip(before, after, strict=True)]
    mean, half = statistics.mean(logs), t_quantile(0.975, len(logs) - 1) * statistics.stdev(logs) / math.sqrt(len(logs))
    return {"ratio": round(math.exp(mean), 4), "low": round(math.exp(mean - half), 4), "high": round(math.exp(mean + half), 4), "rounds": len(logs)}


# ---- Results ------------------------------------------------------------------------------------------------------

def read(path, otherwise=None):
    """What an earlier run wrote, or else `otherwise` (an empty object)."""
    path = Path(path)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {} if otherwise is None else otherwise


def write(path, result, indent=2):
    """Whole or not at all: aside, then renamed."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    aside.write_text(json.dumps(result, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")
    aside.replace(path)


def lines(path):
    """The objects of a JSONL file."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_program(source, main, work, java=None, classpath=None):
    """How a program among the tests' sources is started: as the launcher starts Sartor, with its classes, compiled into `work`, before the jars.

    java and classpath: in place of those of the script `sartor` beside this folder, which builds them.
    """
    classes = work / "classes"
    if classpath:
        java = java or "java"
        options = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                   "-Dorg.bytedeco.javacpp.maxBytes=0", "-Dorg.bytedeco.javacpp.nopointergc=true"]
    else:
        subprocess.run([ROOT / "sartor", "--version"], check=True, stdout=subprocess.DEVNULL)
        target = ROOT / "product/cli/target"
        java = java or (target / "sartor.aot.jdk").read_text().strip() + "/bin/java"
        lines = (target / "sartor.args").read_text().splitlines()
        at = lines.index("-cp")
        options, classpath = [option.strip("'") for option in lines[:at]], lines[at + 1].strip('"')
    javac = str(Path(java).with_name("javac")) if "/" in java else "javac"
    subprocess.run([javac, "-nowarn", "-proc:none", "-cp", classpath, "-d", classes, source], check=True)
    cache = os.environ.get("SARTOR_CACHE", str(Path.home() / ".cache/sartor"))
    return [java, *options, "--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            f"-Dorg.bytedeco.javacpp.cachedir={cache}/javacpp", f"-Djava.io.tmpdir={work}", "-cp", f"{classes}{os.pathsep}{classpath}", main]
