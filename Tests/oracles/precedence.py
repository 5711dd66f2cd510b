"""Writes Tests/ExpressionsTests/Fixtures/precedence.tsv: random expressions without parentheses where precedence
decides, each with DuckDB's own parse of it as an S-expression, or `error` where DuckDB refuses it.

Run with a Python that has duckdb: python Tests/oracles/precedence.py > Tests/ExpressionsTests/Fixtures/precedence.tsv
"""

import json
import random
import sys

import duckdb

COMPARISONS = {
    "COMPARE_EQUAL": "=", "COMPARE_NOTEQUAL": "<>", "COMPARE_LESSTHAN": "<", "COMPARE_LESSTHANOREQUALTO": "<=",
    "COMPARE_GREATERTHAN": ">", "COMPARE_GREATERTHANOREQUALTO": ">=", "COMPARE_DISTINCT_FROM": "distinct",
}
LIKES = {"~~": "like", "~~*": "ilike", "like_escape": "like", "ilike_escape": "ilike"}


def call(name, *arguments):
    return "(" + " ".join([name, *arguments]) + ")"


def negation(text):
    return call("not", text)


def connective(node):
    kind = "and" if node["type"] == "CONJUNCTION_AND" else "or"
    parts = []

    def collect(child):
        if child["type"] == node["type"]:
            for grandchild in child["children"]:
                collect(grandchild)
        else:
            parts.append(show(child))

    collect(node)
    return call(kind, *parts)


def show(node):
    kind, form = node["class"], node["type"]
    if kind == "COLUMN_REF":
        return node["column_names"][0]
    if kind == "CONJUNCTION":
        return connective(node)
    if kind == "BETWEEN":
        return call("between", show(node["input"]), show(node["lower"]), show(node["upper"]))
    if kind == "COMPARISON":
        right = node["right"]
        if right["class"] == "CONSTANT":
            test = call("is-" + right["literal"]["text"], show(node["left"]["child"]))
            return negation(test) if form == "COMPARE_DISTINCT_FROM" else test
        sides = show(node["left"]), show(right)
        if form == "COMPARE_NOT_DISTINCT_FROM":
            return negation(call("distinct", *sides))
        return call(COMPARISONS[form], *sides)
    if kind == "CAST":
        return call("cast", show(node["child"]), {"INTEGER": "int"}[node["type_expr"]["type_name"]])
    if kind == "CASE":
        parts = []
        for check in node["case_checks"]:
            parts += [show(check["when_expr"]), show(check["then_expr"])]
        return call("case", *parts, show(node["else_expr"]))
    if kind == "FUNCTION":
        name = node["function_name"]
        arguments = [show(argument["expression"]) for argument in node["arguments"]]
        if name.startswith("!"):
            return negation(call(LIKES[name[1:]], *arguments))
        return call(LIKES.get(name, name), *arguments)
    if kind == "OPERATOR":
        children = [show(child) for child in node["children"]]
        return {
            "OPERATOR_NOT": lambda: negation(*children), "OPERATOR_IS_NULL": lambda: call("is-null", *children),
            "OPERATOR_IS_NOT_NULL": lambda: negation(call("is-null", *children)),
            "COMPARE_IN": lambda: call("in", *children),
        }[form]()
    raise ValueError(node)


def operand(chance, depth):
    draw = chance.random()
    if draw < 0.12:
        return "- " + operand(chance, depth)
    if draw < 0.24:
        return "not " + operand(chance, depth)
    if depth > 0 and draw < 0.30:
        return "(" + text(chance, depth - 1) + ")"
    if depth > 0 and draw < 0.34:
        return f"case when {text(chance, 0)} then {text(chance, 0)} else {text(chance, 0)} end"
    if depth > 0 and draw < 0.37:
        return f"abs({text(chance, 0)})"
    return chance.choice("abcdefgh")


def text(chance, depth):
    parts = [operand(chance, depth)]
    for _ in range(chance.randint(1, 6) if depth else chance.randint(0, 2)):
        draw = chance.random()
        if draw < 0.62:
            symbols = "+ - * / // % || = <> != < <= > >= and or and or and or and or".split()
            parts += [chance.choice(symbols), operand(chance, depth)]
        elif draw < 0.70:
            # DuckDB 2.0 reads operators tighter than `is` after it in ways of its own.
            parts.append(chance.choice(["is null", "is not null", "is true", "is not false"]))
            parts += [chance.choice(["and", "or"]), operand(chance, depth)]
        elif draw < 0.74:
            parts += [chance.choice(["is distinct from", "is not distinct from"]), operand(chance, depth)]
        elif draw < 0.80:
            middle = chance.choice(["", " + d", " || d"])
            parts += [chance.choice(["between", "not between"]), "c" + middle, "and", operand(chance, depth)]
        elif draw < 0.86:
            parts.append(chance.choice(["in", "not in"]) + f" ({operand(chance, 0)}, e)")
        elif draw < 0.93:
            escape = chance.choice(["", "", " escape g"])
            parts += [chance.choice(["like", "not like", "ilike", "not ilike"]), "f" + escape]
        elif not parts[-1].endswith(", e)"):
            # After a list DuckDB casts the answer, which nobody means: refused here.
            parts.append("::int")
    return " ".join(parts)


def main():
    chance = random.Random(20240901)
    connection = duckdb.connect()
    counts = {True: 0, False: 0}
    limits = {True: 700, False: 150}
    while any(counts[key] < limits[key] for key in counts):
        expression = text(chance, 2)
        answer = json.loads(connection.execute("select json_serialize_sql($1)", ["select " + expression]).fetchone()[0])
        accepted = not answer["error"]
        if counts[accepted] == limits[accepted]:
            continue
        counts[accepted] += 1
        tree = show(answer["statements"][0]["node"]["select_list"][0]) if accepted else "error"
        sys.stdout.write(f"{expression}\t{tree}\n")


if __name__ == "__main__":
    main()
