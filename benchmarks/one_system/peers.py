"""One system beside five peers, with all facts and with facts missing: how long, who is wrong, who refuses.

    python benchmarks/one_system/peers.py [--norms 1000] [--subjects 100] [--missing 0.1] [--seconds 8]

First every fact is given: all peers must agree with us on every condition, and are timed. Then some facts are missing, and each
condition's answer is held against three-valued logic: settled yes, settled no, open. For each peer: how many of its "yes" are
not so, how many of its "no" are not so (open ones that it calls no), and how much it refuses or passes over.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from typing import Literal

from synthetic import Conditions, Fact, Known, Plain, known, median_time, plain_subject, report, synthetic_facts

from guiju.logic import (
    And,
    BitProgram,
    Compared,
    Expr,
    In,
    Members,
    Name,
    Not,
    Or,
    Truth,
    evaluate,
    parse,
)
from guiju.logic import (
    Literal as Written,
)
from guiju.logic import (
    Value as Given,
)

Answer = Literal["yes", "no", "refused"]
Engine = Callable[[Plain], list[Answer]]


# -- conditions in the peers' words ------------------------------------------------------------------------------------------


def infix(expr: Expr, words: tuple[str, str, str], prefix: str, inside: Callable[[str, str, bool], str]) -> str:
    """A condition in an infix language: its words for and, or, not; what stands before a name; how membership is written."""
    both, either, no = words

    def show(one: Expr) -> str:
        match one:
            case And(parts) | Or(parts):
                sign = both if isinstance(one, And) else either
                return "(" + f" {sign} ".join(show(part) for part in parts) + ")"
            case Not(part):
                return f"{no}({show(part)})"
            case Name(path):
                return prefix + path
            case Written(value):
                return json.dumps(value) if isinstance(value, str) else str(value)
            case Compared(left, sign, right):
                return f"({show(left)} {sign} {show(right)})"
            case In(left, Members(members)):
                return inside(show(left), "[" + ", ".join(json.dumps(member) for member in members) + "]", True)
            case In(left, right):
                return inside(show(left), show(right), False)
        raise TypeError(one)

    return show(expr)


def rego(expr: Expr) -> Iterator[str]:
    """The clauses of a condition, each the body of a rule: Rego joins alternatives by several rules."""
    for clause in clauses(expr, positive=True):
        yield "; ".join(_literal(atom, positive) for atom, positive in clause)


def _literal(atom: Expr, positive: bool) -> str:
    text = infix(
        atom, ("", "", ""), "input.", lambda left, right, listed: f"{left} in {'{' + right[1:-1] + '}' if listed else right}"
    )
    text = text[1:-1] if text.startswith("(") else text
    return text if positive else f"not {text}"


def clauses(expr: Expr, positive: bool) -> list[list[tuple[Expr, bool]]]:
    """Disjunctive normal form."""
    match expr:
        case Not(part):
            return clauses(part, not positive)
        case And(parts) | Or(parts):
            found = [clauses(part, positive) for part in parts]
            if isinstance(expr, And) is not positive:
                return [clause for one in found for clause in one]
            product: list[list[tuple[Expr, bool]]] = [[]]
            for one in found:
                product = [left + right for left in product for right in one]
            return product
        case _:
            return [[(expr, positive)]]


# -- peers -------------------------------------------------------------------------------------------------------------------


def cel_cpp(texts: list[str], _: list[Expr], facts: list[Fact]) -> Engine:
    from cel_expr_python import cel

    types = {"bool": cel.Type.BOOL, "enum": cel.Type.STRING, "set": cel.Type.List(cel.Type.STRING), "number": cel.Type.INT}
    env = cel.NewEnv(variables={fact.name: types[fact.kind] for fact in facts})
    compiled = [env.compile(text) for text in texts]

    def run(subject: Plain) -> list[Answer]:
        activation = env.Activation(subject)
        values = [expr.eval(activation).value() for expr in compiled]
        return ["yes" if value is True else "no" if value is False else "refused" for value in values]

    return run


def cel_rust(texts: list[str], _: list[Expr], __: list[Fact]) -> Engine:
    import cel

    compiled = [cel.compile(text) for text in texts]

    def one(program: cel.Program, context: cel.Context) -> Answer:
        try:
            return "yes" if program.execute(context) else "no"
        except Exception:  # noqa: BLE001  # whatever it says of a missing name
            return "refused"

    def run(subject: Plain) -> list[Answer]:
        context = cel.Context(variables=subject)
        return [one(program, context) for program in compiled]

    return run


def cedar(_: list[str], exprs: list[Expr], __: list[Fact]) -> Engine:
    import cedarpy

    def inside(left: str, right: str, listed: bool) -> str:  # noqa: ARG001  # one form for both
        return f"{right}.contains({left})"

    bodies = [infix(expr, ("&&", "||", "!"), "context.", inside) for expr in exprs]
    policies = cedarpy.PolicySet.from_str("\n".join(f"permit(principal, action, resource) when {{ {body} }};" for body in bodies))
    request = {"principal": 'U::"u"', "action": 'A::"a"', "resource": 'R::"r"'}

    def run(subject: Plain) -> list[Answer]:
        diagnostics = cedarpy.is_authorized({**request, "context": subject}, policies, []).diagnostics
        found: list[Answer] = ["no"] * len(exprs)
        for problem in diagnostics.errors:
            for policy in re.findall(r"policy(\d+)", str(problem)):
                found[int(policy)] = "refused"
        for reason in diagnostics.reasons:
            found[int(reason.removeprefix("policy"))] = "yes"
        return found

    return run


def zen_engine(_: list[str], exprs: list[Expr], __: list[Fact]) -> Engine:
    import zen

    bodies = [infix(expr, ("and", "or", "not "), "", lambda left, right, _: f"({left} in {right})") for expr in exprs]
    rows = [{"id": f"o{index}", "key": f"o{index}", "value": body} for index, body in enumerate(bodies)]
    place = {"position": {"x": 0, "y": 0}}
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "i", "name": "in", "type": "inputNode", **place},
            {"id": "e", "name": "all", "type": "expressionNode", "content": {"expressions": rows}, **place},
            {"id": "o", "name": "out", "type": "outputNode", **place},
        ],
        "edges": [
            {"id": "1", "sourceId": "i", "targetId": "e", "type": "edge"},
            {"id": "2", "sourceId": "e", "targetId": "o", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(graph)))

    def run(subject: Plain) -> list[Answer]:
        try:
            result = decision.evaluate(subject)["result"]
        except Exception:  # noqa: BLE001  # one missing name ends the whole evaluation
            return ["refused"] * len(exprs)
        values = [result.get(f"o{index}") for index in range(len(exprs))]
        return ["yes" if value is True else "no" if value is False else "refused" for value in values]

    return run


def _policy(exprs: list[Expr]) -> str:
    rules = [f'app contains "{index}" if {{ {body} }}' for index, expr in enumerate(exprs) for body in rego(expr)]
    return "\n".join(["package p", "import rego.v1", *rules])


def _listed(names: list[str], count: int) -> list[Answer]:
    """What is not in the set is a no: Rego says nothing else of it."""
    found: list[Answer] = ["no"] * count
    for name in names:
        found[int(name)] = "yes"
    return found


def rego_cpp(_: list[str], exprs: list[Expr], __: list[Fact]) -> Engine:
    import regopy

    engine = regopy.Interpreter()
    engine.add_module("p", _policy(exprs))

    def run(subject: Plain) -> list[Answer]:
        engine.set_input(subject)
        return _listed(json.loads(str(engine.query("data.p.app")))["expressions"][0], len(exprs))

    return run


def rego_rust(_: list[str], exprs: list[Expr], __: list[Fact]) -> Engine:
    import regorus

    engine = regorus.Engine()
    engine.set_policy_length_config(max_col=100_000, max_file_bytes=100_000_000, max_lines=10_000_000)
    engine.add_policy("p.rego", _policy(exprs))

    def run(subject: Plain) -> list[Answer]:
        engine.set_input_json(json.dumps(subject))
        return _listed(list(engine.eval_rule("data.p.app")), len(exprs))

    return run


PEERS: list[tuple[str, Callable[[list[str], list[Expr], list[Fact]], Engine]]] = [
    ("common-expression-language", cel_rust),
    ("cel-expr-python", cel_cpp),
    ("zen-engine", zen_engine),
    ("cedarpy", cedar),
    ("gordon-to-regorus", rego_rust),
    ("regopy", rego_cpp),
]


# -- measuring ---------------------------------------------------------------------------------------------------------------


@contextmanager
def said_if_left_out(name: str) -> Iterator[None]:
    try:
        yield
    except ImportError:
        print(f"{name:58} left out: not installed")


def held_against(found: list[Answer], true: int, false: int) -> Counter[str]:
    """A peer's answers against ours: which are so, which are not, which are refused, and whether rightly."""
    counts: Counter[str] = Counter()
    for index, answer in enumerate(found):
        truth = "yes" if true >> index & 1 else "no" if false >> index & 1 else "open"
        counts[f"{answer} where {truth}"] += 1
    return counts


def reference(exprs: list[Expr], values: dict[str, Given]) -> tuple[int, int]:
    """Which conditions are settled true and which false, one by one by the evaluator that the bit program is tested against."""
    true = false = 0
    for index, expr in enumerate(exprs):
        truth = evaluate(expr, Known(values, {}))  # type: ignore[arg-type]
        true |= (truth is Truth.TRUE) << index
        false |= (truth is Truth.FALSE) << index
    return true, false


def ours_as_a_peer(program: BitProgram, count: int) -> Engine:
    """Our engine held against the same reference; what it leaves open is counted as refused."""

    def run(subject: Plain) -> list[Answer]:
        true, false = program.run(known(subject, random.Random(0), missing=0))
        return ["yes" if true >> bit & 1 else "no" if false >> bit & 1 else "refused" for bit in range(count)]

    return run


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--norms", type=int, default=1_000)
    options.add_argument("--subjects", type=int, default=100)
    options.add_argument("--missing", type=float, default=0.1)
    options.add_argument("--seconds", type=float, default=8.0, help="at most this long for each engine and part")
    asked = options.parse_args()

    chance = random.Random(20261122)
    facts = synthetic_facts()
    make = Conditions(facts, chance)
    texts = [make.guard() for _ in range(asked.norms)]
    exprs = [parse(text) for text in texts]
    plain = [plain_subject(facts, chance) for _ in range(asked.subjects)]
    partly: list[Plain] = [
        {name: value for name, value in subject.items() if chance.random() >= asked.missing} for subject in plain
    ]
    program = BitProgram(exprs)
    whole = [known(subject, chance, missing=0) for subject in plain]
    parts = [known(subject, chance, missing=0) for subject in partly]
    print(f"{asked.norms} conditions, {len(facts)} facts, {asked.subjects} subjects; one thread; median of single subjects\n")
    for values in whole + parts:
        program.run(values)
    ours = median_time(lambda index: program.run(whole[index % len(whole)]), 1000, asked.seconds)
    report("guiju bit program (three-valued)", ours, asked.norms)
    wanted = [program.run(values) for values in whole]
    truths = [reference(exprs, values) for values in parts]
    engines: dict[str, Engine] = {}
    for name, build in PEERS:
        with said_if_left_out(name):
            engine = engines[name] = build(texts, exprs, facts)
            for index in range(3):
                assert sum(1 << bit for bit, one in enumerate(engine(plain[index])) if one == "yes") == wanted[index][0], name
            took = median_time(lambda index, run=engine: run(plain[index]), len(plain), asked.seconds)
            report(f"{name} {metadata.version(name)}", took, asked.norms, ours)

    open_ones = sum(asked.norms - true.bit_count() - false.bit_count() for true, false in truths)
    print(f"\n{100 * asked.missing:.0f} % of facts missing: {share(open_ones, asked.norms * len(truths))} of conditions are open")
    print(f"{'':30} {'wrong yes':>12} {'wrong no':>12} {'refused':>12} {'of these settled':>18}")
    engines = {"guiju bit program": ours_as_a_peer(program, asked.norms), **engines}
    for name, engine in engines.items():
        counts: Counter[str] = Counter()
        for index, subject in enumerate(partly[: 10 if name == "regopy" else len(partly)]):
            counts += held_against(engine(subject), *truths[index])
        yes, no, refused = (
            sum(counts[f"{said} where {truth}"] for truth in ("yes", "no", "open")) for said in ("yes", "no", "refused")
        )
        print(
            f"{name:30} {share(yes - counts['yes where yes'], yes):>12} {share(no - counts['no where no'], no):>12}"
            f" {share(refused, yes + no + refused):>12} {share(refused - counts['refused where open'], refused):>18}"
        )
    print(
        "\nwrong yes: of what it says applies, the share that does not or is open; wrong no: of what it says does not, the share"
    )
    print(
        "that does or is open; refused: errors, of all conditions; of these settled: refused though the facts at hand decide it."
    )
    print("Peers are engines for single decisions with two truth values, called through Python bindings.")


if __name__ == "__main__":
    main()
