import { z } from 'zod';

// What the tests read of the manifests. What else stands in these is held against the published schemas.
const labels = z.record(z.string(), z.string());
const probe = z.object({
  httpGet: z.object({ path: z.string(), port: z.string() }),
  periodSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
});

const container = z.object({
  ports: z.array(z.object({ name: z.string(), containerPort: z.int() })),
  // Strict, so that a secret can't come in by another way than a file.
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  securityContext: z.looseObject({}),
  volumeMounts: z.array(z.object({ mountPath: z.string() })),
});

export const deployment = z.object({
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels, annotations: labels }),
      spec: z.object({
        automountServiceAccountToken: z.boolean(),
        terminationGracePeriodSeconds: z.int(),
        securityContext: z.looseObject({ runAsGroup: z.int(), fsGroup: z.int() }),
        containers: z.tuple([container]),
        volumes: z.array(z.object({ secret: z.object({ defaultMode: z.int() }) })),
      }),
    }),
  }),
});

// Of this kind no schema is published that could be used here. A name that is not here is most likely a mistake.
export const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string(),
  resources: z.array(z.string()),
  labels: z.array(
    z.strictObject({ pairs: labels, includeSelectors: z.boolean(), includeTemplates: z.boolean() }),
  ),
  configMapGenerator: z.array(z.strictObject({ name: z.string(), literals: z.array(z.string()) })),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })),
});
