"""Texts of the public sets, and copies of texts with planted edits: what near_duplicates.py and leakage.py look for.

`python3 -m doctest bench/planted.py` tests the edits.
"""
import csv, json, re
from pathlib import Path

import common

LETTERS = "abcdefghijklmnopqrstuvwxyz"

SYNONYMS = dict(pair.split("=") for pair in """
how do i=what is the way to;can i=am i able to;why=for what reason;money=funds;card=bank card;help=assist;show=demonstrate;use=employ;buy=purchase;get=obtain;need=require;
want=wish;start=begin;stop=end;make=create;big=large;small=little;quick=fast;quickly=rapidly;error=mistake;wrong=incorrect;right=correct;lost=missing;stolen=robbed;
phone=mobile;payment=transaction;cash=notes;fee=charge;fees=charges;send=transmit;receive=get;change=alter;find=locate;check=verify;problem=issue;issue=problem;working=functioning;
declined=rejected;pending=outstanding;arrive=come;arrived=come;received=got;long=lengthy;still=even now;possible=feasible;happened=occurred;happen=occur;account=bank account;
country=nation;countries=nations;cells=cell populations;cell=cellular;patients=sick people;increased=raised;increase=rise;decreased=lowered;decrease=fall;reduced=diminished;
reduces=lowers;increases=raises;results=findings;study=investigation;studies=investigations;showed=demonstrated;shows=demonstrates;found=discovered;associated=linked;
role=part;important=significant;treatment=therapy;disease=illness;risk=danger;effect=impact;effects=impacts;induced=caused;induces=causes;suggest=indicate;
suggests=indicates;including=among them;between=among;several=various;however=yet;therefore=thus;also=as well;many=numerous;most=nearly all;children=youngsters;
people=persons;each=every;total=sum;days=dates;bought=purchased;house=home;gave=handed;left=remaining;begins=starts;needs=requires""".replace("\n", "").split(";"))


def sentences(data):
    """All different sentences of 5 to 59 words in the sets under a folder, in a fixed order."""
    data = Path(data)
    texts = [row["title"] + ". " + row["text"] for row in common.lines(data / "scifact" / "corpus.jsonl")]
    texts += [paragraph["context"] for article in json.load(open(data / "xquad" / "xquad.en.json", encoding="utf-8"))["data"] for paragraph in article["paragraphs"]]
    for part in ("train", "test"):
        texts += [row["question"] for row in common.lines(data / "gsm8k" / f"{part}.jsonl")] + [row["text"] for row in banking(data, part)]
    texts += [row["context"] for row in common.lines(data / "benchmarks" / "lambada_openai.jsonl")]
    found = [s.strip() for text in texts for s in re.split(r"(?<=[.!?])\s+", text) if 4 < len(s.split()) < 60]
    return list({folded(s): s for s in found}.values())


def banking(data, part):
    with open(Path(data) / "banking77" / f"{part}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def folded(text):
    """Letters and digits alone, in lower case.

    >>> folded("It's 5 o'clock!")
    'its5oclock'
    """
    return "".join(c for c in text.lower() if c.isalnum())


def characters(text, share, chance):
    """A share of the characters edited: replaced, taken out, one put in behind it, or swapped with the next.

    >>> import random
    >>> characters("the quick brown fox", 0, random.Random(1))
    'the quick brown fox'
    >>> characters("the quick brown fox", .15, random.Random(1)) != "the quick brown fox"
    True
    """
    kept = list(text)
    for i in sorted(chance.sample(range(len(kept)), max(1, round(share * len(kept))) if share else 0), reverse=True):
        how = chance.randrange(4)
        if how == 0:
            kept[i] = chance.choice([letter for letter in LETTERS if letter != kept[i].lower()])
        elif how == 1:
            del kept[i]
        elif how == 2:
            kept.insert(i + 1, chance.choice(LETTERS))
        elif i + 1 < len(kept):
            kept[i], kept[i + 1] = kept[i + 1], kept[i]
    return "".join(kept)


def words(text, share, chance, vocabulary):
    """A share of the words edited: replaced, taken out, one put in behind it, or swapped with the next.

    >>> import random
    >>> len(words("a b c d e f g h i j", .1, random.Random(1), ["z"]).split()) in (9, 10, 11)
    True
    """
    kept = text.split()
    for i in sorted(chance.sample(range(len(kept)), max(1, round(share * len(kept)))), reverse=True):
        how = chance.randrange(4)
        if how == 0:
            kept[i] = chance.choice(vocabulary)
        elif how == 1 and len(kept) > 1:
            del kept[i]
        elif how == 2:
            kept.insert(i + 1, chance.choice(vocabulary))
        elif i + 1 < len(kept):
            kept[i], kept[i + 1] = kept[i + 1], kept[i]
    return " ".join(kept)


def case(text, chance):
    """Whole words in capitals, by chance, and the rest in lower case.

    >>> import random
    >>> case("Is it?", random.Random(3)).lower()
    'is it?'
    """
    return " ".join(word.upper() if chance.random() < 0.3 else word.lower() for word in text.split())


def punctuation(text, chance):
    """Marks and spaces put in or taken out, by chance.

    >>> import random
    >>> folded(punctuation("Is it, or is it not?", random.Random(3)))
    'isitorisitnot'
    """
    marked = " ".join(re.sub(r"[^\w\s]", "", word) + chance.choice(["", "", ",", "!", " -", "..."]) for word in text.split())
    return chance.choice(["", " ", "- "]) + marked.replace(" ", chance.choice([" ", "  "]))


def reordered(text):
    """The clauses the other way around; nothing where there is but one.

    >>> reordered("My card was stolen, what should I do now?")
    'what should I do now My card was stolen'
    >>> reordered("What is this?")
    """
    clauses = [clause.strip(" .,;?!") for clause in re.split(r"[.,;?!]\s+|\s+(?=(?:because|when|while|after|before|since|but|which)\s)", text)]
    clauses = [clause for clause in clauses if clause]
    return " ".join(reversed(clauses)) if len(clauses) > 1 else None


def paraphrased(text, chance, share=0.7):
    """Words replaced by synonyms; nothing where none is known, or where more than a third of the text would be new.

    >>> import random
    >>> paraphrased("I lost my phone and my bag in the old town", random.Random(1), 1)
    'I missing my mobile and my bag in the old town'
    >>> paraphrased("Yes.", random.Random(1))
    """
    changed = 0

    def other(found):
        nonlocal changed
        if chance.random() > share:
            return found[0]
        changed += len(found[0].split())
        return SYNONYMS[found[0].lower()]

    new = re.sub(r"\b(" + "|".join(sorted(SYNONYMS, key=len, reverse=True)) + r")\b", other, text, flags=re.IGNORECASE)
    return new if 0 < changed <= len(text.split()) / 3 else None
