"""Assets and models: what is in a collection."""

from scenario_sdk import BadRequestError, NotFoundError, PermissionDeniedError
from support import SandboxCase


def ids(records):
    return [record.id for record in records]


class Library(SandboxCase):
    def setUp(self):
        super().setUp()
        collections = self.client.collections
        self.collection = collections.create(name="Members").collection.id
        self.assets = [f"asset_{number}" for number in range(45)]
        collections.assets.add(self.collection, asset_ids=self.assets)
        self.models = [f"model_{number}" for number in range(5)]
        self.public = ids(self.client.models.list(privacy="public", page_size=3).models)
        collections.models.add(self.collection, model_ids=self.models + self.public)

    def test_the_assets_of_a_collection_are_listed_to_their_end(self):
        pages = list(self.client.assets.list(collection_id=self.collection, page_size=20).iter_pages())
        self.assertEqual([len(page.assets) for page in pages], [20, 20, 5])
        members = [asset for page in pages for asset in page.assets]
        self.assertEqual(sorted(ids(members)), sorted(self.assets))
        self.assertTrue(all(self.collection in asset.collection_ids for asset in members))

    def test_assets_come_in_the_order_that_is_asked_for(self):
        for sort_by in ("createdAt", "updatedAt"):
            for direction, newest_first in (("asc", False), ("desc", True)):
                assets = self.client.assets.list(
                    collection_id=self.collection, sort_by=sort_by, sort_direction=direction
                )
                dates = [asset.to_dict()[sort_by] for asset in assets]
                self.assertEqual(dates, sorted(dates, reverse=newest_first))
        with self.assertRaises(BadRequestError):
            self.client.assets.list(sort_direction="asc")

    def test_assets_are_chosen_by_one_type_and_by_several(self):
        everything = list(self.client.assets.list(collection_id=self.collection))
        wanted = ["txt2img", "inference-txt2img"]
        several = self.client.assets.list(collection_id=self.collection, types=wanted)
        self.assertEqual(
            sorted(ids(several)),
            sorted(asset.id for asset in everything if asset.metadata.type in wanted),
        )
        one = self.client.assets.list(collection_id=self.collection, type="uploaded")
        self.assertEqual({asset.metadata.type for asset in one}, {"uploaded"})
        none = self.client.assets.list(collection_id=self.collection, types=[])
        self.assertEqual(len(list(none)), len(everything))
        with self.assertRaises(BadRequestError):
            self.client.assets.list(type="uploaded", types=wanted)

    def test_page_sizes_have_their_bounds(self):
        for sizes, listed in (((0, 101), self.client.assets), ((0, 501), self.client.models)):
            for page_size in sizes:
                with self.assertRaises(BadRequestError):
                    listed.list(page_size=page_size)
        self.assertEqual(len(self.client.assets.list().assets), 50)
        self.assertEqual(len(self.client.models.list(privacy="public").models), 100)

    def test_private_and_public_models_of_a_collection_are_two_lists(self):
        private = self.client.models.list(collection_id=self.collection, page_size=2)
        self.assertEqual(sorted(ids(private)), sorted(self.models))
        public = self.client.models.list(collection_ids=self.collection, privacy="public")
        self.assertEqual(sorted(ids(public)), sorted(self.public))
        with self.assertRaises(BadRequestError):
            self.client.models.list(types=["custom"])
        custom = self.client.models.list(privacy="public", types=["custom"])
        self.assertEqual({model.type for model in custom}, {"custom"})

    def test_bulk_reads_give_what_there_is(self):
        wanted = [*self.assets[:3], "asset_none"]
        records = self.client.assets.get_bulk(asset_ids=wanted).assets
        self.assertEqual(sorted(ids(records)), sorted(self.assets[:3]))
        self.assertEqual(self.client.assets.get_bulk().assets, [])
        many = [f"asset_{number}" for number in range(201)]
        self.assertEqual(len(self.client.assets.get_bulk(asset_ids=many[:200]).assets), 200)
        with self.assertRaises(BadRequestError):
            self.client.assets.get_bulk(asset_ids=many)

        models = self.client.models.get_bulk(model_ids=[*self.models, "model_none"]).models
        self.assertEqual(sorted(ids(models)), sorted(self.models))
        self.assertTrue(all(model.thumbnail is None for model in models))
        pictured = self.client.models.get_bulk(model_ids=self.models, thumbnail=True).models
        self.assertTrue(any(model.thumbnail for model in pictured))
        minimal = self.client.models.get_bulk(model_ids=self.models, minimal=True).models
        self.assertTrue(all(model.collection_ids is None for model in minimal))

    def test_single_records_are_those_of_the_lists(self):
        listed = self.client.assets.list(collection_id=self.collection).assets[0]
        asset = self.client.assets.retrieve(listed.id).asset
        self.assertEqual(asset.to_dict(), listed.to_dict())
        listed = self.client.models.list(collection_id=self.collection).models[0]
        model = self.client.models.retrieve(listed.id).model
        self.assertEqual(model.to_dict(), listed.to_dict())
        for error, call in (
            (NotFoundError, lambda: self.client.assets.retrieve("asset_none")),
            (NotFoundError, lambda: self.client.models.retrieve("model_none")),
            (PermissionDeniedError, lambda: self.client.assets.retrieve("asset_foreign_1")),
        ):
            with self.assertRaises(error):
                call()

    def test_every_record_is_what_the_types_promise(self):
        assets, models = self.client.assets.with_raw_response, self.client.models.with_raw_response
        arguments = {}
        while arguments is not None:
            page = self.promised(assets.list(page_size=100, **arguments))
            token = page.next_pagination_token
            arguments = {"pagination_token": token} if token else None
            self.promised(assets.get_bulk(asset_ids=ids(page.assets)))
        self.promised(assets.retrieve("asset_1"))
        self.promised(models.list(page_size=500))
        self.promised(models.list(page_size=500, privacy="public"))
        self.promised(models.get_bulk(model_ids=self.models + self.public, thumbnail=True))
        self.promised(models.get_bulk(model_ids=self.models, minimal=True))
        self.promised(models.retrieve(self.models[0]))
