import { between, pick, type Random } from '../seeded-random.ts';
import type { AssetShape } from './asset-shapes.ts';

/** What is measured of the file behind an asset, named as the API names it under `properties`. */
export interface FileFacts {
  /** Bytes. */
  size: number;
  width?: number;
  height?: number;
  [property: string]: unknown;
}

type Dimensions = readonly [width: number, height: number];

const IMAGE_SIZES: readonly [Dimensions, ...Dimensions[]] = [
  [1024, 1024],
  [1536, 1024],
  [1024, 1536],
  [1920, 1080],
  [832, 1216],
  [2048, 2048],
  [1344, 768],
  [512, 512],
];

const VIDEO_SIZES: readonly [Dimensions, ...Dimensions[]] = [
  [1280, 720],
  [720, 1280],
  [1024, 1024],
];

export function drawFile(shape: AssetShape, random: Random): FileFacts {
  switch (shape) {
    case 'image':
      return pictureFile(pick(random, IMAGE_SIZES), random);
    case 'hdr':
      return pictureFile([2048, 1024], random);
    case 'video':
      return videoFile(random);
    case 'audio':
      return { size: between(random, 90_000, 4_000_000), ...sound(random) };
    case 'mesh':
      return meshFile(random);
    case 'splat':
      return { size: between(random, 4_000_000, 40_000_000), format: 'splat' };
    case 'text':
      return textFile(random);
    default:
      return shape satisfies never;
  }
}

function pictureFile([width, height]: Dimensions, random: Random): FileFacts {
  return { size: Math.round(width * height * (0.4 + random())), width, height };
}

function videoFile(random: Random): FileFacts {
  const [width, height] = pick(random, VIDEO_SIZES);
  const duration = between(random, 8, 40) / 4;
  const frameRate = 24;
  const nbFrames = Math.round(duration * frameRate);
  return {
    size: Math.round(duration * 1_400_000),
    width,
    height,
    duration,
    frameRate,
    nbFrames,
    codecName: 'h264',
  };
}

function sound(random: Random): Record<string, unknown> {
  return { duration: between(random, 4, 480) / 4, channels: 2, sampleRate: 44_100, codecName: 'pcm_s16le' };
}

function meshFile(random: Random): FileFacts {
  const faceCount = between(random, 900, 60_000);
  return {
    size: faceCount * 48,
    faceCount,
    vertexCount: Math.round(faceCount * 0.52),
    format: 'glb',
    dimensions: [1, between(random, 5, 20) / 10, 1],
    hasAnimations: random() < 0.2,
  };
}

function textFile(random: Random): FileFacts {
  const wordCount = between(random, 12, 140);
  return {
    size: wordCount * 6,
    wordCount,
    charCount: wordCount * 6,
    preview: 'Long ago, before the fog came',
  };
}
