"""Rows with secrets planted in them: for each form in Sartor's rules.txt, and for the forms that no line of it can say, values drawn by seed and set into source,
settings, logs, commands and chats."""
import base64, math, random, re, string
from pathlib import Path

try:
    from re import _parser as parser
except ImportError:  # Python 3.10 and older
    import sre_parse as parser

RULES = Path(__file__).resolve().parents[2] / "judgement/curate/src/main/resources/dev/sartor/curate/secret/rules.txt"
CLASSES = {"CATEGORY_SPACE": string.whitespace, "CATEGORY_DIGIT": string.digits, "CATEGORY_WORD": string.ascii_letters + string.digits + "_"}
PRINTABLE = string.ascii_letters + string.digits + "_-+/=.~!"


def alternatives(items):
    """The characters of a class."""
    chars, negated = [], False
    for op, value in items:
        op = str(op)
        if op == "LITERAL":
            chars.append(chr(value))
        elif op == "RANGE":
            chars += [chr(c) for c in range(value[0], value[1] + 1)]
        elif op == "CATEGORY":
            chars += CLASSES[str(value)]
        elif op == "NEGATE":
            negated = True
        else:
            raise ValueError(op)
    return [c for c in PRINTABLE if c not in chars] if negated else chars


def drawn(draw, tree):
    """A text that a parsed expression matches. Open ends and long ranges are drawn a little over their least."""
    text = ""
    for op, value in tree:
        op = str(op)
        if op == "LITERAL":
            text += chr(value)
        elif op == "IN":
            text += draw.choice(alternatives(value))
        elif op == "MAX_REPEAT":
            least, most, inner = value
            most = min(int(most), int(least) + 12)
            text += "".join(drawn(draw, inner) for _ in range(draw.randint(int(least), most)))
        elif op == "BRANCH":
            text += drawn(draw, draw.choice(value[1]))
        elif op == "SUBPATTERN":
            text += drawn(draw, value[-1])
        else:
            raise ValueError(op)
    return text


def entropy(text):
    return -sum(n / len(text) * math.log2(n / len(text)) for n in (text.count(c) for c in set(text)))


def rules():
    for line in RULES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            how, rule, keywords, form, least = line.split()
            yield how, rule, keywords.split(","), form, float(least)


def value(draw, form, least, needs_digit):
    """One that the form matches, as random as the rule asks for: a draw that is less so is drawn again, as an issuer's would hardly be."""
    tree = parser.parse(form)
    while True:
        text = drawn(draw, tree)
        if entropy(text) >= least and (not needs_digit or any(c.isdigit() for c in text)):
            return text


def pascal(word):
    return "".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", word) if part)


# Where a value stands; {name} is a name in words (`heroku api key`), {snake}, {camel} and {upper} are the same in a program.
CONTEXTS = {
    "python": 'import os\n\n{snake} = "{value}"\nclient = Client({snake})',
    "java": 'private static final String {upper} = "{value}";',
    "javascript": "const config = {{ {camel}: '{value}', retries: 3 }};",
    "json": '{{"debug": false, "{snake}": "{value}"}}',
    "yaml": "service:\n  {snake}: {value}\n  port: 8080",
    "env": "PORT=8080\n{upper}={value}\nDEBUG=0",
    "shell": "export {upper}='{value}' && ./deploy.sh",
    "toml": '[auth]\n{snake} = "{value}"',
    "log": "2026-04-02T10:11:12Z WARN request failed, {snake}={value} status=401",
    "chat": "hey, can you try again? the {name} is {value} and it worked for me yesterday",
    "markdown": "| setting | value |\n|---|---|\n| {snake} | {value} |",
    "xml": "<settings><{snake}>{value}</{snake}></settings>",
}


def names(draw, how, keywords):
    """In words: of the issuer where the value is known by it, of any kind where it is known by itself."""
    if how != "named":
        return draw.choice(["api key", "service token", "access key", "credential", "client secret", "deploy token"])
    word = re.sub(r"[_.-]+", " ", draw.choice(keywords)).strip()
    return word + draw.choice([" api key", " token", " secret", " key"])


def planted(draw, how, rule, keywords, form, least):
    """A text and the span of its secret."""
    text = value(draw, form, least, how == "named")
    context = draw.choice(sorted(CONTEXTS))
    if "|" in text and context == "markdown":
        context = "env"
    words = names(draw, how, keywords)
    # a keyword that is a name in a program stays as it is
    snake = words.replace(" ", "_") if how != "named" else next((k for k in keywords if "_" in k or "-" in k), words.replace(" ", "_"))
    camel = pascal(words)
    filled = CONTEXTS[context].format(value="\0", name=words, snake=snake, upper=snake.upper().replace("-", "_"), camel=camel[0].lower() + camel[1:])
    if how == "named" and not any(k in filled.lower() for k in keywords):
        filled = CONTEXTS["env"].format(value="\0", name=words, snake=snake, upper=draw.choice(keywords).upper(), camel="")
    start = filled.index("\0")
    return context, filled.replace("\0", text), start, start + len(text)


def password(draw):
    return "".join(draw.choice(string.ascii_letters) for _ in range(6)) + draw.choice("23456789") + "".join(draw.choice(string.ascii_letters + "23456789!#*") for _ in range(5))


def base62(draw, length):
    return "".join(draw.choice(string.ascii_letters + string.digits) for _ in range(length))


def special(draw):
    """Secrets whose forms no line of rules.txt says: (rule, text with the secret between \\1 and \\2)."""
    key = base64.b64encode(draw.randbytes(600)).decode()
    pem = "\n".join(key[i:i + 64] for i in range(0, len(key), 64))
    kind = draw.choice(["RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED "])
    block = f"-----BEGIN {kind}PRIVATE KEY-----\n{pem}\n-----END {kind}PRIVATE KEY-----"
    user, host = draw.choice(["app", "root", "svc_user", "admin"]), draw.choice(["db.internal:5432", "10.2.3.4:27017", "mq.example.org", "cache:6379"])
    scheme = draw.choice(["postgres", "postgresql", "mysql", "mongodb+srv", "redis", "amqp", "https", "ftp"])
    secret, token = password(draw), base62(draw, draw.choice([32, 40, 48]))
    name = draw.choice(["password", "db_password", "DATABASE_PASSWORD", "spring.datasource.password", "user_passwd", "adminPwd"])
    keyed = draw.choice(["api_key", "secret_key", "clientSecret", "ACCESS_TOKEN", "auth-token", "service.credentials", "app_secret"])
    data = base64.b64encode(secret.encode() + draw.randbytes(6)).decode()
    yield "private-key", draw.choice([f"\1{block}\2\n", f"key = '''\n\1{block}\2'''", "{\"private_key\": \"\1" + block.replace("\n", "\\n") + "\2\"}", f"cat > id_rsa <<E\n\1{block}\2\nE"])
    yield "url-password", draw.choice([f"DATABASE_URL={scheme}://{user}:\1{secret.replace('#', 'x')}\2@{host}/main", f"connect to {scheme}://{user}:\1{secret.replace('#', 'x')}\2@{host}",
                                       f"url: \"{scheme}://{user}:\1{secret.replace('#', 'x')}\2@{host}\""])
    yield "authorization-header", draw.choice([f"curl -H 'Authorization: Bearer \1{token}\2' https://api.example.org/v1", f"headers = {{\"Authorization\": \"Bearer \1{token}\2\"}}",
                                               f"GET /v1 HTTP/1.1\r\nHost: a.example\r\nX-Api-Key: \1{token}\2\r\n", f"authorization: Basic \1{data}\2"])
    yield "curl-auth-user", draw.choice([f"curl -u {user}:\1{secret}\2 https://{host}/status", f"curl -sS --user '{user}:\1{secret}\2' -X POST https://{host}", f"curl https://{host} -u \"{user}:\1{secret}\2\""])
    yield "kubernetes-secret-yaml", draw.choice([f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ntype: Opaque\ndata:\n  value: \1{data}\2\n", f"data:\n  value: \1{data}\2\nkind: Secret\n"])
    yield "generic-password", draw.choice([f"{name}=\1{secret}\2", f"{name}: \"\1{secret}\2\"", f"\"{name}\": \"\1{secret}\2\",", f"ok the {name} is \1{secret}\2", f"Server=db;User Id={user};Password=\1{secret}\2;",
                                           f"<add key=\"ClearTextPassword\" value=\"\1{secret}\2\" />", f"variable {{\n  administrator_login_password = \"\1{secret}\2\"\n}}"])
    yield "generic-api-key", draw.choice([f"{keyed}=\1{token}\2", f"{keyed}: \"\1{token}\2\"", f"\"{keyed}\": \"\1{token}\2\"", f"my {keyed} is \1{token}\2", f"<{keyed}>\1{token}\2</{keyed}>", f"os.environ['{keyed}'] = '\1{token}\2'"])


def rows(each, seed):
    """`each` rows for every form."""
    draw, made = random.Random(seed), []
    for rule in rules():
        for _ in range(each):
            context, text, start, end = planted(draw, *rule)
            made.append({"rule": rule[1], "context": context, "text": text, "start": start, "end": end})
    for _ in range(each):
        for rule, text in special(draw):
            start, end = text.index("\1"), text.index("\2") - 1
            made.append({"rule": rule, "context": "special", "text": text.replace("\1", "").replace("\2", ""), "start": start, "end": end})
    draw.shuffle(made)
    return [{"id": i} | row for i, row in enumerate(made)]
