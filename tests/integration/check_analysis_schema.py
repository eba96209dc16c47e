#!/usr/bin/env python3
"""Checks results of `lmpath analyze -f json` against their JSON Schema.

usage: check_analysis_schema.py [FILE]...    (standard input without FILE)

The schema lets readers meet fields they don't know; here a field that the schema doesn't tell is an
error too, so that none is published without its description. Exit code 1 and a message for each
mismatch, 2 when a file can't be read.
"""
import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "schemas/analysis-1.schema.json"
MESSAGES_MAX = 20


def strict(schema):
    """The same schema, with no field beyond those it tells."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict(part) for key, part in schema.items()}
    if "properties" in schema:
        result.setdefault("additionalProperties", False)
    return result


def constant(name):
    raise ValueError(f"{name} is no JSON")


def messages(name, text, validator):
    try:
        result = json.loads(text, parse_constant=constant)
    except ValueError as error:
        return [f"{name}: {error}"]
    errors = sorted(validator.iter_errors(result), key=lambda error: list(map(str, error.path)))
    return [f"{name}: {error.json_path}: {error.message[:300]}" for error in errors]


def main(paths):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(strict(schema))
    found = []
    for path in paths or ["-"]:
        try:
            data = sys.stdin.buffer.read() if path == "-" else pathlib.Path(path).read_bytes()
        except OSError as error:
            print(f"{path}: {error.strerror}", file=sys.stderr)
            return 2
        found += messages(path, data.decode("utf-8"), validator)
    for message in found[:MESSAGES_MAX]:
        print(message, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
