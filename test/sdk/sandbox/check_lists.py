"""Lists, read to their end."""

import itertools

from scenario_sdk import BadRequestError
from support import SandboxCase

SEEDED = 137


class Lists(SandboxCase):
    def ids(self, **arguments):
        return [collection.id for collection in self.client.collections.list(**arguments)]

    def test_all_pages_of_the_default_size_are_read(self):
        pages = list(self.client.collections.list().iter_pages())
        self.assertEqual([len(page.collections) for page in pages], [10] * 13 + [7])
        self.assertEqual(len({row.id for page in pages for row in page.collections}), SEEDED)

    def test_every_page_size_gives_the_same(self):
        whole = self.ids(page_size=100)
        for page_size in (1, 3, 50):
            self.assertEqual(self.ids(page_size=page_size), whole)

    def test_sizes_that_are_not_allowed_are_refused(self):
        for page_size in (0, 101):
            with self.assertRaises(BadRequestError):
                self.client.collections.list(page_size=page_size)

    def test_a_token_that_nobody_gave_is_refused(self):
        with self.assertRaises(BadRequestError):
            self.client.collections.list(pagination_token="a+b/c==")

    def test_the_list_ends_in_each_form_that_the_client_knows(self):
        for form in ("absent", "null", "empty", "empty-page"):
            with self.subTest(form):
                self.set_faults(list={"endOfList": form})
                self.assertEqual(len(set(self.ids(page_size=50))), SEEDED)

    def test_short_pages_are_not_the_end(self):
        self.set_faults(list={"shortBy": 7})
        self.assertEqual(len(set(self.ids(page_size=20))), SEEDED)

    def test_a_token_that_comes_again_never_ends_a_list_for_the_client(self):
        self.set_faults(list={"endOfList": "same-token"})
        rows = list(itertools.islice(self.client.collections.list(page_size=50), 300))
        self.assertEqual((len(rows), len({row.id for row in rows})), (300, SEEDED))
