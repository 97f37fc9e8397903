import type { Asset } from '../../src/scenario/assets/asset.ts';
import { AssetsSource } from '../../src/scenario/assets/assets-source.ts';
import type { Model } from '../../src/scenario/models/model.ts';
import { ModelsSource } from '../../src/scenario/models/models-source.ts';
import type { Slice, SliceArguments } from '../../src/scenario/slice.ts';
import type { Sources } from '../../src/scenario/sources.ts';
import { isScenarioId } from '../../src/shared/brands.ts';
import type { Random } from '../faults/random.ts';
import { LISTS, READS, SCOPE } from './idle-parts.ts';
import type { RandomSource } from './random-source.ts';

const DATE = '2024-02-03T11:19:41.579Z';
// `pick` takes nothing for a choice.
const oneOf = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0];
const texts = (random: Random) => (random() < 0.2 ? undefined : oneOf(random, [null, '', 'text', 'Ünï 🙂']));
const numbers = (random: Random) => (random() < 0.2 ? undefined : oneOf(random, [null, 0, 1, 1.5, 2 ** 40]));

/** Assets whose answers a seed determines. */
class RandomAssets extends AssetsSource {
  readonly #source: RandomSource;

  constructor(source: RandomSource) {
    super({ ...READS, lists: LISTS }, SCOPE);
    this.#source = source;
  }

  override load(id: string): Promise<Asset | null> {
    return this.#source.answer(['asset', id], (random) => (random() < 0.2 ? null : this.#asset(random)));
  }

  override list(list: object, wanted: SliceArguments): Promise<Slice<Asset>> {
    return this.#source.slice(['assets', list, wanted], wanted, (random) => this.#asset(random));
  }

  override find(search: object, wanted: SliceArguments): Promise<Slice<Asset>> {
    return this.#source.slice(['assets found', search, wanted], wanted, (random) => this.#asset(random));
  }

  // What is read ahead is read once all the same.
  override readAhead(): void {}

  #asset(random: Random): Asset {
    const id = oneOf(random, ['asset_1', 'asset_2']);
    if (!isScenarioId<'Asset'>(id)) throw new Error('no id');
    const url = oneOf(random, [null, 'https://cdn.example.com/a.png', 'https://cdn.example.com/a?s=1']);
    const asset: Asset = {
      typename: 'Asset',
      id,
      name: texts(random),
      kind: oneOf(random, ['image', 'video', 'hologram']),
      status: oneOf(random, ['success', 'queued']),
      privacy: oneOf(random, ['private', 'secret', '__proto__']),
      source: 'uploaded',
      mimeType: texts(random),
      url,
      thumbnail: oneOf(random, [null, { assetId: id, url: 'https://cdn.example.com/t.png' }]),
      width: oneOf(random, [null, 512]),
      height: null,
      durationSeconds: numbers(random),
      sizeBytes: numbers(random),
      prompt: texts(random),
      description: texts(random),
      tags: oneOf(random, [[], ['a', 'b']]),
      nsfw: [],
      createdAt: DATE,
      updatedAt: DATE,
      collectionIds: ['col_1'],
    };
    return this.#source.broken(asset, fieldsOf(asset), random);
  }
}

/** Models whose answers a seed determines. */
class RandomModels extends ModelsSource {
  readonly #source: RandomSource;

  constructor(source: RandomSource) {
    super({ ...READS, lists: LISTS }, SCOPE);
    this.#source = source;
  }

  override load(id: string): Promise<Model | null> {
    return this.#source.answer(['model', id], (random) => (random() < 0.2 ? null : this.#model(random)));
  }

  override list(id: string, wanted: SliceArguments): Promise<Slice<Model>> {
    return this.#source.slice(['models', id, wanted], wanted, (random) => this.#model(random));
  }

  // What is read ahead is read once all the same.
  override readAhead(): void {}

  #model(random: Random): Model {
    const id = oneOf(random, ['model_1', 'model_2']);
    if (!isScenarioId<'Model'>(id)) throw new Error('no id');
    const model: Model = {
      typename: 'Model',
      id,
      name: texts(random),
      shortDescription: texts(random),
      type: 'flux.1-lora',
      status: oneOf(random, ['trained', 'dreaming']),
      privacy: 'public',
      source: 'scenario',
      tags: [],
      capabilities: ['txt2img'],
      isCustom: true,
      thumbnail: null,
      exampleAssetIds: ['asset_1'],
      createdAt: DATE,
      updatedAt: DATE,
      collectionIds: [],
    };
    return this.#source.broken(model, fieldsOf(model), random);
  }
}

/** Sources whose answers a seed determines, all of them. */
export function randomSources(collections: RandomSource): Sources {
  return { collections, assets: new RandomAssets(collections), models: new RandomModels(collections) };
}

// The gateway itself writes what type it is.
function fieldsOf(item: object): string[] {
  return Object.keys(item).filter((name) => name !== 'typename');
}
