"""The nine operations on collections."""

from scenario_sdk import NotFoundError
from support import SandboxCase


class Collections(SandboxCase):
    def test_a_collection_from_its_beginning_to_its_end(self):
        collections = self.client.collections
        created = collections.create(name="Forest – Käse 🎨").collection
        self.assertEqual(
            (created.asset_count, created.api_model_count, created.item_count, created.thumbnail),
            (0, 0, 0, None),
        )
        self.assertEqual(collections.retrieve(created.id).collection.to_dict(), created.to_dict())

        renamed = collections.update(created.id, name="Forest").collection
        self.assertEqual(renamed.name, "Forest")
        covered = collections.update(created.id, thumbnail="asset_1").collection
        self.assertEqual((covered.name, covered.thumbnail.asset_id), ("Forest", "asset_1"))
        self.assertTrue(covered.thumbnail.url.startswith("http"))
        bare = collections.update(created.id, thumbnail=None).collection
        self.assertIsNone(bare.thumbnail)

        assets = [f"asset_{number}" for number in range(49)]
        filled = collections.assets.add(created.id, asset_ids=assets).collection
        self.assertEqual((filled.asset_count, filled.item_count), (49, 49))
        filled = collections.models.add(created.id, model_ids=["model_0", "model_1"]).collection
        self.assertEqual((filled.api_model_count, filled.item_count), (2, 51))
        emptied = collections.assets.remove(created.id, asset_ids=assets[:48]).collection
        self.assertEqual(emptied.asset_count, 1)
        emptied = collections.models.remove(created.id, model_ids=["model_1"]).collection
        self.assertEqual((emptied.api_model_count, emptied.item_count), (1, 2))
        self.assertIn(created.id, [collection.id for collection in collections.list()])

        self.assertEqual(collections.delete(created.id), {})
        with self.assertRaises(NotFoundError):
            collections.retrieve(created.id)

    def test_every_answer_is_what_the_types_promise(self):
        raw = self.client.collections.with_raw_response
        page = self.promised(raw.list(page_size=100))
        self.assertTrue(any(row.thumbnail for row in page.collections))
        self.assertFalse(all(row.thumbnail for row in page.collections))
        id = self.promised(raw.create(name="Props")).collection.id
        self.promised(raw.retrieve(id))
        self.promised(raw.update(id, name="Other props", thumbnail="asset_2"))
        self.promised(raw.assets.add(id, asset_ids=["asset_3"]))
        self.promised(raw.assets.remove(id, asset_ids=["asset_3"]))
        self.promised(raw.models.add(id, model_ids=["model_3"]))
        self.promised(raw.models.remove(id, model_ids=["model_3"]))

    def test_a_project_can_be_named_in_every_call(self):
        collections = self.client.collections
        project = {"project_id": "proj_1"}
        id = collections.create(name="Of a project", **project).collection.id
        collections.retrieve(id, **project)
        collections.update(id, name="Renamed", **project)
        collections.assets.add(id, asset_ids=["asset_1"], **project)
        collections.assets.remove(id, asset_ids=["asset_1"], **project)
        collections.models.add(id, model_ids=["model_1"], **project)
        collections.models.remove(id, model_ids=["model_1"], **project)
        self.assertIn(id, [collection.id for collection in collections.list(**project)])
        collections.delete(id, **project)
