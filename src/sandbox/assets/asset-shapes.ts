/** How an asset came to be; the API has two spellings of it. */
export interface Making {
  source: string;
  /** As `metadata.type`, and as the filters `type` and `types` take it. */
  type: string;
}

export type AssetShape = 'image' | 'hdr' | 'video' | 'audio' | 'mesh' | 'splat' | 'text';

interface ShapeTraits {
  kind: string;
  mimeType: string;
  makings: readonly [Making, ...Making[]];
}

const made = (source: string, type = source): Making => ({ source, type });

const UPLOADED_IMAGE: Making = made('uploaded');

export const SHAPES: Readonly<Record<AssetShape, ShapeTraits>> = {
  image: {
    kind: 'image',
    mimeType: 'image/svg+xml',
    makings: [
      made('inference-txt', 'inference-txt2img'),
      made('txt2img'),
      UPLOADED_IMAGE,
      made('inference-img', 'inference-img2img'),
      made('upscale'),
      made('txt2img'),
      made('texture:normal', 'texture-normal'),
      UPLOADED_IMAGE,
      made('background-removal'),
    ],
  },
  hdr: { kind: 'image-hdr', mimeType: 'image/x-exr', makings: [made('skybox-hdri')] },
  video: { kind: 'video', mimeType: 'video/mp4', makings: [made('img2video'), made('txt2video')] },
  audio: { kind: 'audio', mimeType: 'audio/wav', makings: [made('txt2audio'), made('uploaded-audio')] },
  mesh: { kind: '3d', mimeType: 'model/gltf-binary', makings: [made('img23d'), made('uploaded-3d')] },
  splat: { kind: '3d', mimeType: 'model/splat', makings: [made('img2splat')] },
  text: { kind: 'text', mimeType: 'text/plain', makings: [made('img2txt'), made('txt2txt')] },
};

const RARE_SHAPES = new Map<number, AssetShape>([
  [5, 'video'],
  [8, 'audio'],
  [11, 'mesh'],
  [14, 'splat'],
  [18, 'video'],
  [23, 'hdr'],
  [27, 'text'],
  [31, 'video'],
]);

/** Of 40 assets 32 are images, three videos, and one each of the other shapes. */
export function shapeOf(ordinal: number): AssetShape {
  return RARE_SHAPES.get(ordinal % 40) ?? 'image';
}

/** One in 29 is still being made and one in 37 failed; neither has a file. */
export function statusOf(ordinal: number): 'success' | 'pending' | 'error' {
  if (ordinal % 29 === 9) return 'pending';
  return ordinal % 37 === 12 ? 'error' : 'success';
}
