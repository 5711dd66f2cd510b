"""What the JSON Schemas say of documents, by Python's `jsonschema`.

    .deps/venv/bin/python Tests/oracles/schemas.py

One line for each document: its kind (`good`: nothing is wrong with it as far as brew is concerned; `wrong`: one of
fixtures/wrong), its name, and what the schema says first of it, empty where it is content; `yaml: …` where PyYAML cannot
read it. Good documents are those of recipes, rules and bench, and of every case that is not refused.
"""
import json
import pathlib
import re

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# The core schema of YAML 1.2, by which editors read plain scalars: https://yaml.org/spec/1.2.2/#103-core-schema
INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan")
WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def scalar(node):
    text = node.value
    if node.style is not None:
        return text
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)
    return float(text.lstrip("+").replace(".i", "i").replace(".n", "n")) if FLOAT.fullmatch(text) else text


def merged(node):
    """The entries of a mapping, those of `<<` first."""
    own, more = [], []
    for key, value in node.value:
        if key.value == "<<" and key.style is None:
            for part in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                more += merged(part)
        else:
            own.append((key, value))
    return more + own


def value(node, depth=0):
    if depth > 50:
        raise yaml.YAMLError("too deep")
    if isinstance(node, yaml.ScalarNode):
        return scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [value(element, depth + 1) for element in node.value]
    entries = merged(node)
    if not all(isinstance(key, yaml.ScalarNode) for key, _ in entries):
        raise yaml.YAMLError("a key that is no text")
    return {key.value: value(child, depth + 1) for key, child in entries}


def read(text):
    # Many aliases stand for more than a test should build.
    if text.count("*a,") > 5:
        raise yaml.YAMLError("an alias bomb")
    node = yaml.compose(text, yaml.BaseLoader)
    return None if node is None else value(node)


def schema(name):
    loaded = json.loads((ROOT / f"docs/schema/{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(loaded)
    return jsonschema.Draft202012Validator(loaded)


RECIPE, RULES = schema("recipe"), schema("rules")


def judged(text):
    try:
        document = read(text)
    except (yaml.YAMLError, ValueError) as error:
        return "yaml: " + " ".join(str(error).split())
    is_ruleset = isinstance(document, dict) and "ruleset" in document and "recipe" not in document
    error = jsonschema.exceptions.best_match((RULES if is_ruleset else RECIPE).iter_errors(document))
    if error is None:
        return ""
    place = "/".join(str(part) for part in error.absolute_path)
    return f"{place}: {' '.join(error.message.split())[:120]}"


def cases(path):
    """The documents of a case file: for each case its recipe, completed as the tests do, and its rulesets."""
    for case in re.split(r"^== ", path.read_text(), flags=re.M)[1:]:
        title, *lines = case.split("\n")
        sections, name = {}, None
        for line in lines:
            if line.startswith("-- "):
                name = line[3:]
                sections[name] = []
            elif name:
                sections[name].append(line)
        if any("error[" in line for line in sections.get("diagnostics", [])):
            continue
        recipe = "\n".join(sections["recipe"])
        for key, standard in (("recipe", "trial"), ("input", "input.csv"), ("output", "output.csv")):
            if not re.search(rf"^{key}:", recipe, flags=re.M):
                recipe += f"\n{key}: {standard}"
        yield title, recipe
        for name, lines in sections.items():
            if name.startswith("file ") and name.endswith(".yaml"):
                yield f"{title}: {name[5:]}", "\n".join(lines)


def tell(kind, name, text):
    print(kind, name, judged(text), sep="\t")


for folder in ("recipes", "rules", "bench"):
    for path in sorted((ROOT / folder).rglob("*.yaml")):
        tell("good", path.relative_to(ROOT), path.read_text())
for path in sorted((ROOT / "fixtures").glob("*/*.case")):
    for title, text in cases(path):
        tell("good", f"{path.relative_to(ROOT)}: {title}", text)
for path in sorted((ROOT / "fixtures/wrong").glob("*.yaml")):
    tell("wrong", path.stem, path.read_bytes().decode("utf-8", "replace"))
