"""Rows in ten formats with personal data planted in them, and with numbers that only look like some; by seed."""
import json, random, uuid

from . import personal_numbers as numbers


def other(draw):
    """What a field holds that is no personal data, and how it is called."""
    return draw.choice([
        lambda: ("order", numbers.digits(draw, draw.choice([8, 9, 10, 11, 12]))),
        lambda: ("invoice_no", numbers.digits(draw, draw.choice([9, 10, 11]))),
        lambda: ("tracking number", numbers.digits(draw, draw.choice([11, 12, 13, 15]))),
        lambda: ("ticket", "T-" + numbers.digits(draw, 9)),
        lambda: ("amount", f"{draw.randrange(1, 999)},{numbers.digits(draw, 3)}.{numbers.digits(draw, 2)}"),
        lambda: ("date", f"{draw.randrange(1990, 2027)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"),
        lambda: ("time", f"{draw.randrange(1, 29):02d}.{draw.randrange(1, 13):02d}.{draw.randrange(2000, 2027)} {draw.randrange(24):02d}:{draw.randrange(60):02d}"),
        lambda: ("timestamp", str(draw.randrange(1_500_000_000_000, 1_800_000_000_000))),
        lambda: ("request_id", str(uuid.UUID(int=draw.getrandbits(128), version=4))),
        lambda: ("sha1", f"{draw.getrandbits(160):040x}"),
        lambda: ("version", f"{draw.randrange(1, 20)}.{draw.randrange(30)}.{draw.randrange(30)}.{draw.randrange(900)}"),
        lambda: ("isbn", "978" + numbers.digits(draw, 10)),
        lambda: ("sku", numbers.digits(draw, 8)),
        lambda: ("population", f"{draw.randrange(1, 99)} {numbers.digits(draw, 3)} {numbers.digits(draw, 3)}"),
        lambda: ("coordinates", f"{draw.uniform(-90, 90):.7f}, {draw.uniform(-180, 180):.7f}"),
        lambda: ("serial", "".join(draw.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(3)) + "-" + numbers.digits(draw, 8)),
        lambda: ("pages", f"{draw.randrange(1, 90)}-{draw.randrange(90, 400)}"),
        lambda: ("formula", f"{draw.randrange(100, 999)}-{draw.randrange(10, 99)}={draw.randrange(1000, 9999)}"),
    ])()


def name(label):
    return label.replace(" ", "_").replace("-", "_")


def chat(draw, fields, who):
    said = {"order": "my order", "date": "on", "time": "at"}
    return " ".join(["Hi, this is " + who + "."] + [draw.choice([f"My {said.get(k, k)} is {v}.", f"{k}: {v},", f"Here is the {k}, {v}."]) for k, v in fields] + ["Thanks!"])


def csv(draw, fields, who):
    return ",".join(["name", *(name(k) for k, _ in fields)]) + "\n" + ",".join([who, *(f'"{v}"' if "," in v else v for _, v in fields)])


def as_json(draw, fields, who):
    return json.dumps({"name": who, **{name(k): v for k, v in fields}}, ensure_ascii=False, indent=draw.choice([None, 2]))


def log(draw, fields, who):
    return f"2026-03-{draw.randrange(1, 29):02d}T{draw.randrange(24):02d}:{draw.randrange(60):02d}:07Z INFO [worker-{draw.randrange(9)}] user updated " + " ".join(f"{name(k)}={v!r}" for k, v in fields)


def code(draw, fields, who):
    return "def test_profile():\n    user = load(" + repr(who) + ")\n" + "".join(f"    {name(k)} = \"{v}\"  # from the form\n" for k, v in fields) + "    assert user.ok"


def thread(draw, fields, who):
    return f"From: {who}\nSubject: Re: your request\n\nDear team,\n\n" + "\n".join(f"{k}: {v}" for k, v in fields) + f"\n\nBest regards\n{who}\n\n> On Monday you wrote:\n> please send the details"


def table(draw, fields, who):
    return "| field | value |\n|---|---|\n| name | " + who + " |\n" + "\n".join(f"| {k} | {v} |" for k, v in fields)


def transcript(draw, fields, who):
    return f"AGENT: May I have the details?\n{who.upper()}: Sure.\n" + "\n".join(f"{who.upper()}: the {k} is {v}\nAGENT: thank you." for k, v in fields)


def html(draw, fields, who):
    return f"<h1>{who}</h1><dl>" + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in fields) + "</dl>"


def key_value(draw, fields, who):
    return "\n".join([f"NAME={who}", *(f"{name(k).upper()}={v}" for k, v in fields)])


FORMATS = {"chat": chat, "csv": csv, "json": as_json, "log": log, "code": code, "thread": thread, "table": table, "transcript": transcript, "html": html, "key_value": key_value}


def row(draw, kinds, form, named):
    """A text, and the kind, start and end of each planted piece; the person's name among them as PERSON, where it stands as it is."""
    fields = [(None, *other(draw)) for _ in range(draw.choice([1, 2, 2]))]
    for kind in kinds:
        make, labels = numbers.KINDS[kind]
        fields.append((kind, draw.choice(labels) if named else "field " + "abcdefg"[len(fields)], make(draw)))
    draw.shuffle(fields)
    unique = {}
    for kind, label, value in fields:
        unique.setdefault(name(label).lower(), (kind, label, value))
    fields = list(unique.values())
    who = draw.choice(numbers.FIRST) + " " + draw.choice(numbers.LAST)
    text = FORMATS[form](draw, [(label, value) for _, label, value in fields], who)
    spans, at = [], 0
    for kind, _, value in fields:
        start = text.index(value, at)
        at = start + len(value)
        if kind:
            spans.append((kind, start, at))
    if who in text:
        spans.append(("PERSON", text.index(who), text.index(who) + len(who)))
    return text, spans


def rows(count, clean, seed, named=True):
    """`count` rows in which one to three kinds are planted, all kinds and formats equally often, and `clean` rows without any. Where they are not named, no word says
    what a field holds that is planted."""
    draw = random.Random(seed)
    kinds, made = sorted(numbers.KINDS), []
    for i in range(count + clean):
        form = sorted(FORMATS)[i % len(FORMATS)]
        planted = [kinds[i // len(FORMATS) % len(kinds)]] + draw.sample(kinds, draw.choice([0, 1, 2])) if i < count else []
        text, spans = row(draw, dict.fromkeys(planted), form, named)
        made.append({"id": i, "format": form, "text": text, "spans": spans})
    return made
