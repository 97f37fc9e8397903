import { makeId } from '../ids.ts';
import type { LibraryItem } from '../library/library-item.ts';
import type { Motif } from '../pictures/motif.ts';
import { between, pick, type Random, seededRandom } from '../seeded-random.ts';
import { drawFile, type FileFacts } from './asset-file.ts';
import { type AssetShape, SHAPES, shapeOf, statusOf } from './asset-shapes.ts';
import { LIGHTS, SOUNDS, STATES_OF_WORK, STYLES, SUBJECTS, UPLOAD_NOTES } from './asset-words.ts';

/** All that is told of an asset beside its collections and addresses. */
export interface AssetFacts {
  shape: AssetShape;
  /** What its picture shows. */
  motif: Motif;
  kind: string;
  mimeType: string;
  source: string;
  status: 'success' | 'pending' | 'error';
  name: string | undefined;
  prompt: string | undefined;
  modelId: string | undefined;
  seed: string | undefined;
  description: string | undefined;
  tags: readonly string[];
  nsfw: readonly string[];
  /** The asset whose picture stands for this one; many plain images have none. */
  thumbnailAssetId: string | undefined;
  /** `undefined` until there is a file. */
  file: FileFacts | undefined;
}

/** The same item always has the same facts. */
export function drawAsset({ id, ordinal, type }: LibraryItem): AssetFacts {
  const random = seededRandom(`facts of ${id}`);
  const shape = shapeOf(ordinal);
  const { kind, mimeType, makings } = SHAPES[shape];
  const status = statusOf(ordinal);
  const file = status === 'success' ? drawFile(shape, random) : undefined;
  return {
    shape,
    kind,
    mimeType,
    source: makings.find((making) => making.type === type)?.source ?? type,
    status,
    ...drawWords(shape, type.startsWith('uploaded'), random),
    nsfw: random() < 0.04 ? ['suggestive'] : [],
    thumbnailAssetId: file && hasThumbnail(shape, random) ? makeId('asset', random) : undefined,
    file,
  };
}

type Words = Pick<AssetFacts, 'motif' | 'name' | 'prompt' | 'modelId' | 'seed' | 'description' | 'tags'>;

/** Uploads have a name, and generated assets a prompt; few of these were named afterwards. */
function drawWords(shape: AssetShape, isUploaded: boolean, random: Random): Words {
  const subject = pick(random, shape === 'audio' ? SOUNDS : SUBJECTS);
  const motif = shape === 'text' ? 'page' : subject.motif;
  const tags = [...subject.tags, ...(random() < 0.4 ? [pick(random, STATES_OF_WORK)] : [])];
  const description = random() < 0.25 ? `${subject.name} for the second chapter.` : undefined;
  const name = `${subject.name} ${pick(random, UPLOAD_NOTES)} ${between(random, 1, 24)}`;
  if (isUploaded)
    return { motif, name, prompt: undefined, modelId: undefined, seed: undefined, description, tags };
  return {
    motif,
    name: random() < 0.1 ? name : undefined,
    prompt:
      shape === 'audio'
        ? subject.prompt
        : `${subject.prompt}, ${pick(random, STYLES)}, ${pick(random, LIGHTS)}`,
    modelId: `model_${between(random, 0, 59)}`,
    seed: String(between(random, 1, 4_294_967_295)),
    description,
    tags: random() < 0.3 ? [] : tags,
  };
}

function hasThumbnail(shape: AssetShape, random: Random): boolean {
  switch (shape) {
    case 'video':
    case 'mesh':
    case 'splat':
    case 'hdr':
      return true;
    case 'audio':
    case 'text':
      return false;
    case 'image':
      return random() < 0.6;
    default:
      return shape satisfies never;
  }
}
