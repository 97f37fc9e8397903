"""Failures: the client's classes for them, and what it repeats."""

import time

import scenario_sdk
from scenario_sdk import APIConnectionError, APIStatusError, Scenario
from support import SandboxCase

CLASSES = {
    400: scenario_sdk.BadRequestError,
    401: scenario_sdk.AuthenticationError,
    403: scenario_sdk.PermissionDeniedError,
    404: scenario_sdk.NotFoundError,
    409: scenario_sdk.ConflictError,
    422: scenario_sdk.UnprocessableEntityError,
    429: scenario_sdk.RateLimitError,
    500: scenario_sdk.InternalServerError,
    502: scenario_sdk.InternalServerError,
    503: scenario_sdk.InternalServerError,
    504: scenario_sdk.InternalServerError,
}


def status(code, **action):
    return {"rules": [{"action": {"kind": "status", "status": code, **action}}]}


def once(action):
    return {"rules": [{"times": 1, "match": {"method": "POST"}, "action": action}]}


class Failures(SandboxCase):
    def setUp(self):
        super().setUp()
        self.impatient = self.client.with_options(max_retries=0).collections

    def refusal(self, call):
        with self.assertRaises(APIStatusError) as caught:
            call()
        return caught.exception

    def test_each_status_has_its_class(self):
        for code, error_class in CLASSES.items():
            with self.subTest(code):
                self.set_faults(**status(code))
                error = self.refusal(self.impatient.list)
                self.assertIs(type(error), error_class)
                self.assertIn("reason", error.body)

    def test_the_sandbox_refuses_by_itself_in_these_classes(self):
        stranger = Scenario(api_key="sandbox", api_secret="wrong", max_retries=0)
        self.addCleanup(stranger.close)
        id = self.impatient.create(name="Props").collection.id
        self.impatient.assets.add(id, asset_ids=["asset_1"])
        many = [f"asset_{number}" for number in range(50)]
        refusals = {
            401: lambda: stranger.collections.list(),
            403: lambda: self.impatient.assets.add(id, asset_ids=["asset_foreign_1"]),
            404: lambda: self.impatient.retrieve("col_none"),
            400: lambda: self.impatient.create(name=" "),
        }
        for code, call in refusals.items():
            with self.subTest(code):
                self.assertIs(type(self.refusal(call)), CLASSES[code])
        with self.subTest("what is in already"):
            error = self.refusal(lambda: self.impatient.assets.add(id, asset_ids=["asset_1", "asset_2"]))
            self.assertEqual(
                (error.status_code, error.body["reason"]),
                (400, "One or more assets are already part of the collection"),
            )
            self.assertEqual(self.impatient.retrieve(id).collection.asset_count, 1)
        with self.subTest("50 ids"):
            error = self.refusal(lambda: self.impatient.assets.add(id, asset_ids=many))
            self.assertEqual(error.body["reason"], "You cannot add more than 49 assets at once.")

    def test_every_shape_of_a_body_is_stood(self):
        for shape in ("reason", "message", "Message", "error", "apiError"):
            with self.subTest(shape):
                self.set_faults(**status(400, errorShape=shape))
                self.assertEqual(self.refusal(self.impatient.list).body[shape], "Bad Request")
        for shape in ("text/html", "empty"):
            with self.subTest(shape):
                self.set_faults(**status(502, errorShape=shape))
                self.assertIsInstance(self.refusal(self.impatient.list).body, str)

    def test_the_gateway_in_front_is_told_by_its_header(self):
        self.set_faults(**status(403, **{"from": "gateway"}))
        error = self.refusal(self.impatient.list)
        self.assertEqual(error.body, {"message": "Forbidden"})
        self.assertIn("x-amzn-errortype", error.response.headers)

    def test_what_is_passing_is_repeated_twice(self):
        self.set_faults(rules=[{"times": 2, "action": {"kind": "status", "status": 503}}])
        self.client.collections.list()
        self.assertEqual(self.calls("GET /collections"), 3)
        self.set_faults(**status(503))
        self.assertIs(type(self.refusal(self.client.collections.list)), CLASSES[503])
        self.assertEqual(self.calls("GET /collections"), 6)

    def test_what_stays_is_not_repeated(self):
        self.set_faults(**status(422))
        self.refusal(self.client.collections.list)
        self.assertEqual(self.calls("GET /collections"), 1)

    def test_a_wait_that_is_asked_for_is_kept(self):
        for form in ("seconds", "date"):
            with self.subTest(form):
                wait = {"kind": "status", "status": 429, "retryAfter": {"form": form, "seconds": 1}}
                self.set_faults(rules=[{"times": 1, "action": wait}])
                began = time.monotonic()
                response = self.client.collections.with_raw_response.list()
                self.assertEqual(response.retries_taken, 1)
                # By itself it would wait for half a second at most.
                self.assertGreater(time.monotonic() - began, 0.9)

    def test_a_create_whose_answer_is_lost_is_made_twice(self):
        for name, lost in {
            "a reset": {"kind": "reset", "applied": True},
            "a 503": {"kind": "status", "status": 503, "applied": True},
        }.items():
            with self.subTest(name):
                self.set_faults(**once(lost))
                self.client.collections.create(name=name)
                self.set_faults()
                names = [collection.name for collection in self.client.collections.list(page_size=100)]
                self.assertEqual(names.count(name), 2)

    def test_a_connection_that_is_lost_has_a_class_of_its_own(self):
        self.set_faults(rules=[{"action": {"kind": "reset"}}])
        with self.assertRaises(APIConnectionError):
            self.impatient.list()
