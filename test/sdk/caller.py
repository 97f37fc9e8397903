"""Makes the calls that come as lines of JSON, each with Scenario's own client, and answers each with a line."""

import json
import sys

from scenario_sdk import Scenario
from scenario_sdk._base_client import BaseSyncPage


def make(client: Scenario, method: str, arguments: dict) -> None:
    target = client
    for name in method.split("."):
        target = getattr(target, name)
    result = target(**arguments)
    if isinstance(result, BaseSyncPage):
        list(result)


# The environment tells where and as whom.
with Scenario(max_retries=0, _strict_response_validation=True) as scenario:
    for line in sys.stdin:
        call = json.loads(line)
        try:
            make(scenario, call["method"], call["arguments"])
            failure = None
        except Exception as error:
            failure = repr(error)
        print(json.dumps({"failure": failure}), flush=True)
