"""The list of attacks. An attack is a function that returns where it was refused and raises Through where it was not."""

SERVER, COMMANDS = [], []


class Through(Exception):
    """The attack got through; the message says how."""


class Attack:
    def __init__(self, run, name, refusal):
        self.run, self.name, self.refusal = run, name, refusal


def on_server(name, refusal):
    """@param refusal what is expected, for the table"""
    return lambda run: SERVER.append(Attack(run, name, refusal)) or run


def on_commands(name, refusal):
    return lambda run: COMMANDS.append(Attack(run, name, refusal)) or run


def require(holds, otherwise):
    if not holds:
        raise Through(otherwise)
