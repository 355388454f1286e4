"""Says of each event whether its type's schema takes it: folder of schemas in argv[1], one event a line on stdin, `true` or `false` a line."""

import json
import pathlib
import sys

from jsonschema import Draft7Validator

validators = {}
for file in pathlib.Path(sys.argv[1]).glob("*.json"):
    schema = json.loads(file.read_text())
    Draft7Validator.check_schema(schema)
    validators[file.stem] = Draft7Validator(schema)

for line in sys.stdin:
    event = json.loads(line)
    print(json.dumps(validators[event["type"]].is_valid(event)))
