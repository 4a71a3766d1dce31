"""Numbers that name persons, made by their countries' own rules, and how they are written: apart from Sartor's code, so that the two check each other.

`python3 -m doctest bench/references/personal_numbers.py`
"""
import random


def digits(draw, count):
    return "".join(draw.choice("0123456789") for _ in range(count))


def date(draw):
    """Year, month and day."""
    return draw.randrange(1940, 2006), draw.randrange(1, 13), draw.randrange(1, 29)


def luhn(number):
    """The digit that follows a number.

    >>> luhn("411111111111111")
    '1'
    """
    total = 0
    for i, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if i % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def weighted(number, weights):
    return sum(int(d) * w for d, w in zip(number, weights))


def email(draw):
    first, last = draw.choice(FIRST).lower(), draw.choice(LAST).lower().replace(" ", "")
    local = draw.choice([f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last}{draw.randrange(100)}", f"{last}+{draw.choice(['news', 'shop', 'x'])}", first])
    domain = draw.choice(["example", "mail", "contoso", "acme-corp", "post", "web", "company", "uni-stadt"]) + "." + draw.choice(["com", "org", "de", "co.uk", "fr", "io", "net", "eu", "info"])
    return local + "@" + draw.choice(["", "", "mail."]) + domain


# By region: the trunk's digits and national numbers, as (groups written with a space between).
PHONES = {
    "US": ("1", lambda d: (d.choice(["212", "415", "312", "617", "206", "303", "512", "702", "305", "404"]), str(d.randrange(220, 910)), digits(d, 4))),
    "GB": ("44", lambda d: d.choice([("020", "7" + digits(d, 3), digits(d, 4)), ("0161", str(d.randrange(220, 899)), digits(d, 4)), ("07911", digits(d, 6))])),
    "DE": ("49", lambda d: d.choice([("030", str(d.randrange(2, 9)) + digits(d, 7)), ("089", str(d.randrange(2, 9)) + digits(d, 6)), ("0171", str(d.randrange(2, 9)) + digits(d, 6))])),
    "FR": ("33", lambda d: (d.choice(["01", "06"]), str(d.randrange(40, 59)), digits(d, 2), digits(d, 2), digits(d, 2))),
    "ES": ("34", lambda d: d.choice([("6" + digits(d, 2), digits(d, 3), digits(d, 3)), ("91" + str(d.randrange(2, 9)), digits(d, 3), digits(d, 3))])),
    "IT": ("39", lambda d: d.choice([("347", str(d.randrange(100, 999)), digits(d, 4)), ("02", str(d.randrange(3000, 8999)), digits(d, 4))])),
    "NL": ("31", lambda d: d.choice([("020", str(d.randrange(2, 8)) + digits(d, 2), digits(d, 4)), ("06", str(d.randrange(10000000, 58999999)))])),
    "BE": ("32", lambda d: d.choice([("02", str(d.randrange(200, 799)), digits(d, 2), digits(d, 2)), ("047" + digits(d, 1), digits(d, 2), digits(d, 2), digits(d, 2))])),
    "SE": ("46", lambda d: d.choice([("08", str(d.randrange(400, 799)), digits(d, 3), digits(d, 2)), ("070", str(d.randrange(200, 799)), digits(d, 2), digits(d, 2))])),
    "PL": ("48", lambda d: d.choice([("22", str(d.randrange(500, 899)), digits(d, 2), digits(d, 2)), ("50" + str(d.randrange(0, 9)), digits(d, 3), digits(d, 3))])),
    "FI": ("358", lambda d: d.choice([("040", str(d.randrange(500, 899)), digits(d, 4)), ("050", str(d.randrange(300, 599)), digits(d, 4))])),
    "NO": ("47", lambda d: d.choice([("9" + digits(d, 1), digits(d, 2), digits(d, 2), digits(d, 2)), ("22", digits(d, 2), digits(d, 2), digits(d, 2))])),
    "CH": ("41", lambda d: d.choice([("044", str(d.randrange(200, 799)), digits(d, 2), digits(d, 2)), ("079", str(d.randrange(200, 799)), digits(d, 2), digits(d, 2))])),
    "DK": ("45", lambda d: (str(d.randrange(20, 32)), digits(d, 2), digits(d, 2), digits(d, 2))),
}


def phone(draw):
    region = draw.choice(sorted(PHONES))
    code, make = PHONES[region]
    groups = list(make(draw))
    style = draw.choice(["international", "international", "national", "national", "dialled", "closed"])
    if region == "US":
        area, exchange, line = groups
        return draw.choice([f"+1 {area} {exchange} {line}", f"+1-{area}-{exchange}-{line}", f"+1{area}{exchange}{line}", f"({area}) {exchange}-{line}", f"{area}-{exchange}-{line}",
                            f"{area}.{exchange}.{line}", f"1-{area}-{exchange}-{line}", f"{area}{exchange}{line}"])
    without = [groups[0][1:] if groups[0].startswith("0") and region != "IT" else groups[0], *groups[1:]]
    if style == "international":
        return f"+{code} " + draw.choice([" ", "-"]).join(without)
    if style == "dialled":
        return f"00{code} " + " ".join(without)
    if style == "closed":
        return f"+{code}" + "".join(without)
    return draw.choice([" ".join(groups), " ".join(groups), groups[0] + "-" + " ".join(groups[1:]), groups[0] + "/" + "".join(groups[1:]), "".join(groups)])


IBAN_FORMS = {"DE": "n18", "GB": "a4n14", "FR": "n10x11n2", "ES": "n20", "IT": "a1n10x12", "NL": "a4n10", "BE": "n12", "SE": "n20", "PL": "n24", "FI": "n14", "NO": "n11", "CH": "n5x12",
              "DK": "n14", "AT": "n16"}


def iban(draw):
    country = draw.choice(sorted(IBAN_FORMS))
    body, form = "", IBAN_FORMS[country]
    while form:
        end = next((i for i in range(1, len(form)) if form[i].isalpha()), len(form))
        alphabet = {"n": "0123456789", "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "x": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}[form[0]]
        body += "".join(draw.choice(alphabet) for _ in range(int(form[1:end])))
        form = form[end:]
    number = int("".join(str(int(c, 36)) for c in body + country + "00"))
    whole = country + f"{98 - number % 97:02d}" + body
    return draw.choice([whole, whole.lower() if draw.random() < 0.1 else whole, " ".join(whole[i:i + 4] for i in range(0, len(whole), 4))])


def card(draw):
    prefix, length = draw.choice([("4", 16), ("51", 16), ("54", 16), ("2221", 16), ("2650", 16), ("34", 15), ("37", 15), ("6011", 16), ("65", 16), ("36", 14), ("3530", 16)])
    number = prefix + digits(draw, length - len(prefix) - 1)
    number += luhn(number)
    if length == 16:
        groups = [number[i:i + 4] for i in range(0, 16, 4)]
    else:
        groups = [number[:4], number[4:10], number[10:]]
    return draw.choice([number, " ".join(groups), "-".join(groups)])


def ip(draw):
    if draw.random() < 0.3:
        groups = [f"{draw.randrange(1, 65536):x}" for _ in range(8)]
        if draw.random() < 0.5:
            groups = ["2001", "db8", *groups[2:4], "", groups[7]]
        return ":".join(groups)
    return f"{draw.choice([10, 192, 172, 203, 84, 91, 151])}.{draw.randrange(256)}.{draw.randrange(256)}.{draw.randrange(1, 255)}"


def mac(draw):
    octets = [f"{draw.randrange(256):02x}" for _ in range(6)]
    return draw.choice([":".join(octets), "-".join(octets).upper(), ":".join(octets).upper()])


def ssn(draw):
    area = draw.choice([n for n in range(1, 900) if n != 666])
    groups = f"{area:03d}", f"{draw.randrange(1, 100):02d}", f"{draw.randrange(1, 10000):04d}"
    return draw.choice(["-".join(groups), "-".join(groups), " ".join(groups), "".join(groups)])


def nino(draw):
    while True:
        prefix = draw.choice("ABCEGHJKLMNOPRSTWXYZ") + draw.choice("ABCEGHJKLMNPRSTWXYZ")
        if prefix not in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ"):
            break
    d, suffix = digits(draw, 6), draw.choice("ABCD")
    return draw.choice([f"{prefix}{d}{suffix}", f"{prefix} {d[:2]} {d[2:4]} {d[4:]} {suffix}"])


def nhs(draw):
    """
    >>> nhs(random.Random(1)).replace(" ", "").isdigit()
    True
    """
    while True:
        body = draw.choice("46") + digits(draw, 8)
        check = 11 - weighted(body, range(10, 1, -1)) % 11
        if check != 10:
            number = body + str(check % 11)
            return draw.choice([number, f"{number[:3]} {number[3:6]} {number[6:]}"])


def tax_id(draw):
    while True:
        pool = draw.sample("0123456789", 9)
        body = pool + [draw.choice(pool)]
        draw.shuffle(body)
        if body[0] != "0":
            break
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    number = "".join(body) + str((11 - product) % 10)
    return draw.choice([number, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"])


def nir(draw):
    year, month, _ = date(draw)
    department = draw.choice(["01", "13", "33", "59", "69", "75", "2A", "2B"])
    body = f"{draw.choice('12')}{year % 100:02d}{month:02d}{department}{draw.randrange(1, 990):03d}{draw.randrange(1, 999):03d}"
    key = 97 - int(body.replace("2A", "19").replace("2B", "18") if department[0] == "2" and department[1] in "AB" else body) % 97
    number = f"{body}{key:02d}"
    return draw.choice([number, f"{number[0]} {number[1:3]} {number[3:5]} {number[5:7]} {number[7:10]} {number[10:13]} {number[13:]}"])


def dni(draw):
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    if draw.random() < 0.3:
        first, body = draw.randrange(3), digits(draw, 7)
        letter = letters[int(str(first) + body) % 23]
        return draw.choice([f"{'XYZ'[first]}{body}{letter}", f"{'XYZ'[first]}-{body}-{letter}"])
    body = digits(draw, 8)
    letter = letters[int(body) % 23]
    return draw.choice([body + letter, f"{body}-{letter}", f"{body[:2]}.{body[2:5]}.{body[5:]}-{letter}"])


ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]))


def fiscale(draw):
    year, month, day = date(draw)
    letters = lambda n: "".join(draw.choice("BCDFGLMNPRSTVZAEIOU") for _ in range(n))
    body = f"{letters(6)}{year % 100:02d}{'ABCDEHLMPRST'[month - 1]}{day + draw.choice([0, 40]):02d}{draw.choice('ABCDFGHL')}{digits(draw, 3)}"
    total = sum(ODD[c] if i % 2 == 0 else int(c) if c.isdigit() else ord(c) - 65 for i, c in enumerate(body))
    return body + chr(65 + total % 26)


def bsn(draw):
    while True:
        body = draw.choice("123") + digits(draw, 7)
        check = weighted(body, range(9, 1, -1)) % 11
        if check < 10:
            number = body + str(check)
            return draw.choice([number, number, f"{number[:4]}.{number[4:6]}.{number[6:]}"])


def belgian(draw):
    year, month, day = date(draw)
    body = f"{year % 100:02d}{month:02d}{day:02d}{draw.randrange(1, 998):03d}"
    check = 97 - (int(body) + (2_000_000_000 if year >= 2000 else 0)) % 97
    return draw.choice([f"{body}{check:02d}", f"{body[:2]}.{body[2:4]}.{body[4:6]}-{body[6:]}.{check:02d}"])


def ahv(draw):
    body = "756" + digits(draw, 9)
    number = body + str(-weighted(body, [1, 3] * 6) % 10)
    return draw.choice([number, f"{number[:3]}.{number[3:7]}.{number[7:11]}.{number[11:]}"])


def swedish(draw):
    year, month, day = date(draw)
    body = f"{year % 100:02d}{month:02d}{day:02d}{digits(draw, 3)}"
    number = body + luhn(body)
    return draw.choice([f"{number[:6]}-{number[6:]}", f"{year // 100}{number[:6]}-{number[6:]}", f"{year // 100}{number}"])


def pesel(draw):
    year, month, day = date(draw)
    body = f"{year % 100:02d}{month + (20 if year >= 2000 else 0):02d}{day:02d}{digits(draw, 4)}"
    return body + str(-weighted(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)


def hetu(draw):
    year, month, day = date(draw)
    born, number = f"{day:02d}{month:02d}{year % 100:02d}", f"{draw.randrange(2, 900):03d}"
    return f"{born}{'-' if year < 2000 else 'A'}{number}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(born + number) % 31]}"


def norwegian(draw):
    while True:
        year, month, day = date(draw)
        body = f"{day:02d}{month:02d}{year % 100:02d}{digits(draw, 3)}"
        first = -weighted(body, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11
        second = -weighted(body + str(first), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
        if first < 10 and second < 10:
            return f"{body}{first}{second}"


def cpr(draw):
    year, month, day = date(draw)
    return f"{day:02d}{month:02d}{year % 100:02d}{draw.choice(['-', '-', ''])}{draw.randrange(1, 10000):04d}"


FIRST = ["Anna", "Jan", "Maria", "Peter", "Sofia", "Lukas", "Emma", "Noah", "Olivia", "James", "Linda", "Carlos", "Giulia", "Pierre", "Ingrid", "Mikko", "Freja", "Lars", "Zofia", "Ahmed"]
LAST = ["Schmidt", "Kowalski", "Garcia", "Rossi", "Martin", "Johnson", "Smith", "de Vries", "Peeters", "Andersson", "Virtanen", "Hansen", "Nielsen", "Keller", "Murphy", "Dubois"]

# By kind: how one is made, and what a field that holds it is called, in words and as a name in a program.
KINDS = {
    "EMAIL": (email, ["email", "e-mail", "mail", "contact"]),
    "PHONE": (phone, ["phone", "tel", "mobile", "telephone", "phone_number", "Telefon", "cell phone"]),
    "IBAN": (iban, ["iban", "IBAN", "account", "bank_account"]),
    "PAYMENT_CARD": (card, ["card", "credit card", "card_number", "visa", "payment_card"]),
    "IP_ADDRESS": (ip, ["ip", "client_ip", "ip address", "host", "remote_addr"]),
    "MAC_ADDRESS": (mac, ["mac", "hwaddr", "MAC address"]),
    "US_SSN": (ssn, ["ssn", "SSN", "social security number", "social_security"]),
    "UK_NINO": (nino, ["nino", "national insurance number", "NI number"]),
    "UK_NHS": (nhs, ["nhs", "NHS number", "nhs_no"]),
    "DE_TAX_ID": (tax_id, ["Steuer-ID", "steuer_id", "IdNr", "tax id"]),
    "FR_NIR": (nir, ["NIR", "numéro de sécurité sociale", "nir", "sécu"]),
    "ES_DNI": (dni, ["DNI", "dni", "NIF", "documento"]),
    "IT_CODICE_FISCALE": (fiscale, ["codice fiscale", "codice_fiscale", "CF"]),
    "NL_BSN": (bsn, ["BSN", "bsn", "burgerservicenummer"]),
    "BE_NATIONAL_NUMBER": (belgian, ["rijksregisternummer", "numéro national", "niss"]),
    "SE_PERSONNUMMER": (swedish, ["personnummer", "pnr"]),
    "PL_PESEL": (pesel, ["PESEL", "pesel"]),
    "FI_HETU": (hetu, ["HETU", "henkilötunnus", "hetu"]),
    "NO_FODSELSNUMMER": (norwegian, ["fødselsnummer", "fnr"]),
    "CH_AHV": (ahv, ["AHV", "AHV-Nummer", "numéro AVS", "ahv"]),
    "DK_CPR": (cpr, ["CPR", "cpr-nummer", "cpr"]),
}
