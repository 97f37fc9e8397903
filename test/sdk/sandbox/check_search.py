"""Search for assets and models."""

from scenario_sdk import BadRequestError, RateLimitError
from support import SandboxCase


class Search(SandboxCase):
    def setUp(self):
        super().setUp()
        self.collection = self.client.collections.create(name="Found").collection.id
        self.assets = [f"asset_{number}" for number in range(45)]
        self.client.collections.assets.add(self.collection, asset_ids=self.assets)
        self.client.collections.models.add(self.collection, model_ids=["model_1", "model_2"])
        self.here = f'collectionIds = "{self.collection}"'

    def ids(self, **arguments):
        return [hit.id for hit in self.client.search.asset_search(filter=self.here, **arguments)]

    def test_hits_are_read_to_their_end(self):
        self.assertEqual(sorted(self.ids(limit=20, offset=0)), sorted(self.assets))
        self.assertEqual(self.calls("assets.search"), 3)
        models = self.client.search.model_search(filter=self.here, limit=1, offset=0)
        self.assertEqual(sorted(hit.id for hit in models), ["model_1", "model_2"])

    def test_an_estimate_that_is_too_large_ends_with_an_empty_page(self):
        self.set_faults(search={"excess": 30})
        self.assertEqual(len(self.ids(limit=45, offset=0)), 45)
        self.assertEqual(self.calls("assets.search"), 2)

    def test_hits_in_pages_tell_the_total_and_end_with_the_first(self):
        page = self.client.search.asset_search(filter=self.here, page=2, hits_per_page=20)
        self.assertEqual(len(list(page)), 20)
        told = page.to_dict()
        self.assertEqual((told["totalHits"], told["totalPages"], told["page"]), (45, 3, 2))
        self.assertNotIn("estimatedTotalHits", told)
        self.assertEqual(self.calls("assets.search"), 1)

    def test_hits_come_in_the_order_that_is_asked_for(self):
        for order, newest_first in (("createdAt:asc", False), ("createdAt:desc", True)):
            page = self.client.search.asset_search(
                filter=self.here, sort_by=[order], limit=100, offset=0
            )
            dates = [hit.created_at for hit in page.hits]
            self.assertEqual(dates, sorted(dates, reverse=newest_first))

    def test_searches_that_make_no_sense_are_refused(self):
        for arguments in (
            {},
            {"filter": "collectionIds ="},
            {"filter": 'unheard = "of"'},
            {"query": "a", "limit": 101, "offset": 0},
            {"query": "a", "sort_by": ["score:desc"]},
        ):
            with self.subTest(arguments), self.assertRaises(BadRequestError):
                self.client.search.asset_search(**arguments)

    def test_the_quota_has_a_body_of_its_own(self):
        self.set_faults(search={"quota": 1})
        search = self.client.with_options(max_retries=0).search
        search.asset_search(query="golem")
        with self.assertRaises(RateLimitError) as caught:
            search.asset_search(query="golem")
        self.assertEqual(caught.exception.body["code"], "QUOTA_EXCEEDED")

    def test_what_was_just_added_is_found_later_than_it_is_read(self):
        self.set_faults(search={"lagMs": 60_000})
        self.client.collections.assets.add(self.collection, asset_ids=["asset_99"])
        self.assertNotIn("asset_99", self.ids(limit=100, offset=0))
        [asset] = self.client.assets.get_bulk(asset_ids=["asset_99"]).assets
        self.assertIn(self.collection, asset.collection_ids)

    def test_every_hit_is_what_the_types_promise(self):
        search = self.client.search.with_raw_response
        for arguments in (
            {"filter": self.here, "limit": 100, "offset": 0},
            {"query": "golem", "page": 1, "hits_per_page": 100},
            {"query": "golem", "public": True},
        ):
            self.promised(search.asset_search(**arguments))
        self.promised(search.model_search(filter=self.here, limit=100, offset=0))
        self.promised(search.model_search(filter="trainingImagesNumber >= 0", page=1, hits_per_page=100))
        self.promised(search.model_search(filter='type = "custom"', public=True))
