"""What the checks of the sandbox have in common."""

import os
import unittest
import warnings

import httpx
from scenario_sdk import BaseModel, Scenario

# Seen on the live service or documented elsewhere, and not in the client's types.
UNTYPED = {"complianceMetadata", "hitsPerPage", "limit", "page", "totalHits", "totalPages"}


class SandboxCase(unittest.TestCase):
    """The client as its users make it, against a sandbox without faults; the environment names both."""

    def setUp(self):
        caught = warnings.catch_warnings()
        caught.__enter__()
        self.addCleanup(caught.__exit__, None, None, None)
        warnings.simplefilter("error")
        self.client = Scenario(_strict_response_validation=True)
        self.addCleanup(self.client.close)
        self.set_faults()
        self.control("DELETE", "/__stats")

    def set_faults(self, **faults):
        self.control("PUT", "/__faults", faults)

    def control(self, method, path, body=None):
        origin = os.environ["SCENARIO_BASE_URL"].removesuffix("/v1")
        return httpx.request(method, origin + path, json=body).raise_for_status().json()

    def calls(self, endpoint):
        """How often the sandbox was asked for this since the check began."""
        return self.control("GET", "/__stats").get(endpoint, 0)

    def promised(self, response):
        """What the client makes of a raw response, which must be all that came, and the same."""
        parsed = response.parse()
        self.assertEqual(parsed.to_dict(), response.http_response.json())
        self.assert_typed(parsed)
        return parsed

    def assert_typed(self, value):
        if isinstance(value, list):
            for item in value:
                self.assert_typed(item)
        if isinstance(value, BaseModel):
            self.assertLessEqual(set(value.model_extra or {}), UNTYPED, type(value).__name__)
            for name in type(value).model_fields:
                self.assert_typed(getattr(value, name))
