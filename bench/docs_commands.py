"""Runs every command of README.md and docs/*.md, in order, page by page, as a reader pastes them; exit code 1 where one fails.

usage: docs_commands.py [PAGE …] [--project FOLDER] [--list] [--parse-only] [--seconds 1800] [--keep] [--out OUT_JSON]
  PAGE          such as docs/guide-tuning.md (default: README.md and every page of docs/)
  --project     the folder of a finished quickstart; left out, a small one is made: the sample cut to a few rows, measured by `sartor compare`
  --list        says which commands there are and what would be done with each, and does nothing
  --parse-only  looks at the options of every command and runs none
  --keep        leaves the temporary folder

A command block is a fenced block without a language, or with `sh`, or an indented one, whose first line begins with a program that is known here.
Each page gets a folder of its own with what a reader has there: the launcher `sartor`, examples/, bench/, samples/ and the
project helpdesk/ as the quickstart leaves it. A `serve` runs until the page ends; ports are replaced by free ones.

Every exception stands on the page, in a comment of its own line before the block, with its reason:
  <!-- not run: needs 40 minutes -->            of Sartor's commands each option is looked up in the command's own --help; nothing else happens
  <!-- exit 1: the sample misses its target --> another exit code than 0 is right as well
"""
import argparse, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request
from pathlib import Path

import common

PROGRAMS = {"sartor", "./sartor", "curl", "cat", "echo", "printf", "head", "mvn", "java", "python3", "export", "mkdir", "cp"}
ASSIGNED = re.compile(r"[A-Z_]+=")
MARK = re.compile(r"<!--\s*(not run|exit (\d+)):\s*(.+?)\s*-->")
PORT = re.compile(r"\b80[89]\d\b")
SMALL = {"train": 4, "validation": 2, "test": 2}
"""Rows of each label, or ten times as many where a task has none."""


# ---- What stands on a page ----------------------------------------------------------------------------------------

def is_command(line):
    """
    >>> is_command("./sartor check"), is_command('A=$(date)'), is_command('{"query": 1}'), is_command("answers + (set-up")
    (True, True, False, False)
    """
    word = line.split()[0] if line.split() else ""
    return word in PROGRAMS or bool(ASSIGNED.match(word))


def blocks(text):
    """The command blocks: first line's number, lines, and the mark before it.

    >>> found = list(blocks("<!-- not run: slow -->\\n```\\nsartor a\\n```\\n\\n    sartor b\\n\\n```yaml\\nsartor: c\\n```\\n"))
    >>> [(number, lines, mark and mark[0]) for number, lines, mark in found]
    [(3, ['sartor a'], 'not run'), (6, ['sartor b'], None)]
    """
    lines, at, mark = text.split("\n"), 0, None
    while at < len(lines):
        line = lines[at]
        fence = re.match(r"^(\s*)```\s*(\w*)\s*$", line)
        if fence or (line.startswith("    ") and (at == 0 or not lines[at - 1].strip())):
            begin, end = (at + 1, at + 1) if fence else (at, at)
            while end < len(lines) and (not re.match(r"^\s*```\s*$", lines[end]) if fence else lines[end].startswith("    ")):
                end += 1
            body = [each.removeprefix(fence[1] if fence else "    ") for each in lines[begin:end]]
            if body and (not fence or fence[2] in ("", "sh")) and is_command(body[0]):
                yield begin + 1, body, mark
            at, mark = end + 1 if fence else end, None
            continue
        found = MARK.fullmatch(line.strip())
        mark = ((found[1].split()[0] if found[2] else found[1], found[2] and int(found[2]), found[3]) if found else mark if not line.strip() else None)
        at += 1


def commands(lines):
    """A block's commands with their line: those that are continued, and texts up to END, belong together.

    >>> list(commands(["cat > a <<'END'", "x", "END", "curl \\\\", "  -s b", "", "# no", "sartor c"]))
    [(0, "cat > a <<'END'\\nx\\nEND"), (3, 'curl \\\\\\n  -s b'), (7, 'sartor c')]
    """
    at = 0
    while at < len(lines):
        end = at + 1
        ends = re.search(r"<<\s*'?(\w+)'?", lines[at])
        if ends:
            while lines[end - 1] != ends[1]:
                end += 1
        while lines[end - 1].endswith("\\") and end < len(lines):
            end += 1
        if lines[at].strip() and not lines[at].startswith("#"):
            yield at, "\n".join(lines[at:end])
        at = end


def pages(named):
    return [common.ROOT / each for each in named] or [common.ROOT / "README.md", *sorted((common.ROOT / "docs").glob("*.md"))]


# ---- What a reader has --------------------------------------------------------------------------------------------

def cut(source, target):
    """The first rows of each label."""
    for file in source.glob("*/*.jsonl"):
        seen, kept = {}, []
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            label = row.get("label", "")
            seen[label] = seen.get(label, 0) + 1
            if file.parent.name == "search" or seen[label] <= SMALL[file.stem] * (1 if "label" in row else 10):
                kept.append(line)
        (target / file.relative_to(source)).write_text("\n".join(kept) + "\n", encoding="utf-8")


def small_project(folder):
    """The sample with few rows, measured: what the quickstart leaves, in a fraction of its time."""
    sample = common.ROOT / "samples" / "helpdesk"
    project = folder / "helpdesk"
    shutil.copytree(sample, project)
    cut(sample, project)
    text = (project / "sartor.yaml").read_text(encoding="utf-8").replace("epochs: 4", "epochs: 1").replace("epochs: 3", "epochs: 1")
    (project / "sartor.yaml").write_text(text.replace("counts: [3, 6]", "counts: [3]").replace("passages: [1, 2]", "passages: [1]"), encoding="utf-8")
    done = common.sartor(common.SARTOR, "compare", "--project", project, accepts=(0, 1))
    print(done.stdout, flush=True)
    return project


def desk(folder, project):
    """A page's folder."""
    folder.mkdir()
    for name in ("sartor", "examples", "bench", "samples"):
        (folder / name).symlink_to(common.ROOT / name)
    if project:
        shutil.copytree(project, folder / "helpdesk", symlinks=True)
    return folder


# ---- What is done with a command ----------------------------------------------------------------------------------

def without_remark(command):
    """
    >>> without_remark("./sartor tune x   # the reader's"), without_remark('./sartor ask "a # b"')
    ('./sartor tune x', './sartor ask "a # b"')
    """
    quote = ""
    for at, sign in enumerate(command):
        if sign == "#" and not quote and command[at - 1:at].isspace():
            return command[:at].rstrip()
        if sign in "\"'" and quote in ("", sign):
            quote = "" if quote else sign
    return command


def unknown_options(command, shown):
    """The options of a command that its help does not show; what is quoted is none.

    >>> unknown_options("sartor ask '--no' --rows=4 -k 3 --rwos", "  -k, --depth=<n>  Of all.\\n      --rows=<rows>")
    ['--rwos']
    """
    known = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", shown))
    given = re.findall(r"(?<!\S)(--?[A-Za-z][\w-]*)", re.sub(r"\"[^\"]*\"|'[^']*'", "", without_remark(command)))
    return [option for option in given if option not in known]


class Page:
    def __init__(self, path, folder, seconds):
        self.path, self.folder, self.seconds = path, folder, seconds
        self.known, self.servers, self.ports = [], {}, {}
        self.environment = common.environment(KEY_OF_ANN="a key for a trial")

    def port(self, number):
        """One free port for each that the page names."""
        if number not in self.ports:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.ports[number] = str(probe.getsockname()[1])
        return self.ports[number]

    def bash(self, command, seconds):
        script = "\n".join([*self.known, command])
        process = subprocess.Popen(["bash", "-c", script], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, _ = process.communicate()
            said += f"\nended after {seconds} s, which --seconds allows"
        return process.returncode, said

    def parse(self, command):
        """Sartor's options are held against the command's help; other programs' are not looked at."""
        if not re.match(r"(\./)?sartor\s", command):
            return "not run", 0, ""
        if re.match(r"(\./)?sartor test\b", command):
            return "not run", 0, ""  # the launcher's own, whose words go to Maven
        code, said = self.bash(re.sub(r"\s>\s*\S+", "", without_remark(command)) + " --help", 600)
        wrong = unknown_options(command, said) if code == 0 else []
        return ("parsed", 1, f"no option of this command: {', '.join(wrong)}\n{said}") if wrong else ("parsed", code, said)

    def run(self, command):
        command = PORT.sub(lambda found: self.port(found[0]), command)
        if re.match(r"(\./)?sartor serve\s", command):
            return self.serve(without_remark(command))
        code, said = self.bash(command, self.seconds)
        if ASSIGNED.match(command) and code == 0:
            self.known.append(command)
        return "run", code, said

    def serve(self, command):
        port = re.search(r"--port (\d+)", command)
        port = port[1] if port else self.port("8080")
        self.stop(port)
        log = tempfile.TemporaryFile("w+")
        process = subprocess.Popen(["bash", "-c", "exec " + command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                                   stderr=log, start_new_session=True)
        self.servers[port] = process
        for _ in range(self.seconds):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                return "served", 0, ""
            except (OSError, urllib.error.URLError):
                if process.poll() is not None:
                    break
                time.sleep(1)
        log.seek(0)
        return "served", process.poll() or 1, log.read()

    def stop(self, port):
        process = self.servers.pop(port, None)
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)

    def close(self):
        for port in list(self.servers):
            self.stop(port)


def curl_failed(command, said):
    """curl's exit code is 0 for an answer that says what is wrong."""
    return re.match(r"curl\s", command) and re.match(r'\s*\{"error"', said)


def look(a, page):
    """Every command of a page with what was done and how it ended."""
    for number, lines, mark in blocks(page.path.read_text(encoding="utf-8")):
        for offset, command in commands(lines):
            row = {"page": str(page.path.relative_to(common.ROOT)), "line": number + offset, "command": command.split("\n")[0],
                   "reason": mark[2] if mark else ""}
            begun = time.monotonic()
            if a.list:
                done, code, said = "not run" if mark and mark[0] == "not run" else "run", 0, ""
            elif a.parse_only or (mark and mark[0] == "not run"):
                done, code, said = page.parse(command)
            else:
                done, code, said = page.run(command)
            right = code == 0 or (mark is not None and mark[0] == "exit" and code == mark[1])
            failed = not right or curl_failed(command, said)
            yield row | {"done": done, "exit": code, "seconds": round(time.monotonic() - begun, 1), "failed": bool(failed), "said": said[-3000:] if failed else ""}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", nargs="*")
    options.add_argument("--project", type=Path)
    options.add_argument("--list", action="store_true"), options.add_argument("--parse-only", action="store_true")
    options.add_argument("--seconds", type=int, default=1800), options.add_argument("--keep", action="store_true"), options.add_argument("--out")
    a = options.parse_args()
    work, rows = Path(tempfile.mkdtemp(prefix="docs-commands-")), []
    try:
        project = a.project if a.project or a.list or a.parse_only else small_project(work)
        for path in pages(a.pages):
            page = Page(path, desk(work / path.stem, project), a.seconds)
            try:
                for row in look(a, page):
                    rows.append(row)
                    print(f"{'FAILED' if row['failed'] else row['done']:7} {row['seconds']:7.1f} s  {row['page']}:{row['line']}  {row['command']}", flush=True)
                    if row["failed"]:
                        print(row["said"].rstrip(), flush=True)
            finally:
                page.close()
    finally:
        print(f"the folder is {work}") if a.keep else shutil.rmtree(work, ignore_errors=True)
    print("\n| page | line | command | done | why not run, or another exit code |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['page']} | {row['line']} | `{row['command'][:70]}` | {'FAILED' if row['failed'] else row['done']} | {row['reason']} |")
    counts = {done: sum(row["done"] == done for row in rows) for done in ("run", "served", "parsed", "not run")}
    faults = sum(row["failed"] for row in rows)
    print(f"{len(rows)} commands: " + ", ".join(f"{count} {done}" for done, count in counts.items()) + f"; {faults} failed")
    if a.out:
        common.write(a.out, {"commit": common.commit(), "date": time.strftime("%Y-%m-%d"), "counts": counts, "failed": faults, "commands": rows})
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
