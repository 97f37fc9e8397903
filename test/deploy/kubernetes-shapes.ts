import { z } from 'zod';

// What Kubernetes knows by these names, as far as the manifests use it. A name that is not here is most likely a
// mistake, which the API server would drop without a word.
const named = z.strictObject({ name: z.string() });
const labels = z.record(z.string(), z.string());
const selector = z.strictObject({ matchLabels: labels });
const port = z.union([z.int().min(1).max(65_535), z.string()]);

const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port }),
  periodSeconds: z.int().optional(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
});

const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })),
  envFrom: z.array(z.strictObject({ configMapRef: named })),
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
    capabilities: z.strictObject({ drop: z.array(z.string()) }),
  }),
  volumeMounts: z.array(
    z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() }),
  ),
});

const pod = z.strictObject({
  serviceAccountName: z.string(),
  automountServiceAccountToken: z.boolean(),
  enableServiceLinks: z.boolean(),
  terminationGracePeriodSeconds: z.int(),
  securityContext: z.strictObject({
    runAsNonRoot: z.boolean(),
    runAsUser: z.int(),
    runAsGroup: z.int(),
    fsGroup: z.int(),
    seccompProfile: z.strictObject({ type: z.string() }),
  }),
  topologySpreadConstraints: z.array(
    z.strictObject({
      maxSkew: z.int(),
      topologyKey: z.string(),
      whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
      labelSelector: selector,
    }),
  ),
  containers: z.tuple([container]),
  volumes: z.array(
    z.strictObject({
      name: z.string(),
      secret: z.strictObject({ secretName: z.string(), defaultMode: z.int().max(0o777) }),
    }),
  ),
});

function resource<Version extends string, Kind extends string, Rest extends z.ZodRawShape>(
  apiVersion: Version,
  kind: Kind,
  rest: Rest,
) {
  const metadata = z.strictObject({ name: z.string(), labels: labels.optional() });
  return z.strictObject({ apiVersion: z.literal(apiVersion), kind: z.literal(kind), metadata, ...rest });
}

export const deployment = resource('apps/v1', 'Deployment', {
  spec: z.strictObject({
    revisionHistoryLimit: z.int(),
    strategy: z.strictObject({
      type: z.literal('RollingUpdate'),
      rollingUpdate: z.strictObject({ maxUnavailable: z.int(), maxSurge: z.int() }),
    }),
    selector,
    template: z.strictObject({
      metadata: z.strictObject({ labels, annotations: labels }),
      spec: pod,
    }),
  }),
});

const peers = z.array(
  z.union([
    z.strictObject({ namespaceSelector: selector }),
    z.strictObject({ podSelector: selector }),
    z.strictObject({
      ipBlock: z.strictObject({ cidr: z.cidrv4(), except: z.array(z.cidrv4()).optional() }),
    }),
  ]),
);
const openPorts = z.array(z.strictObject({ protocol: z.enum(['TCP', 'UDP']), port }));

/** The resources, by the names of their files. */
export const SHAPES = {
  'deployment.yaml': deployment,
  'namespace.yaml': resource('v1', 'Namespace', {}),
  'service-account.yaml': resource('v1', 'ServiceAccount', { automountServiceAccountToken: z.boolean() }),
  'service.yaml': resource('v1', 'Service', {
    spec: z.strictObject({
      selector: labels,
      ports: z.array(z.strictObject({ name: z.string(), port: z.int(), targetPort: port })),
    }),
  }),
  'pod-disruption-budget.yaml': resource('policy/v1', 'PodDisruptionBudget', {
    spec: z.strictObject({
      maxUnavailable: z.int(),
      unhealthyPodEvictionPolicy: z.enum(['AlwaysAllow', 'IfHealthyBudget']),
      selector,
    }),
  }),
  'horizontal-pod-autoscaler.yaml': resource('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: z.strictObject({
      scaleTargetRef: z.strictObject({ apiVersion: z.string(), kind: z.string(), name: z.string() }),
      minReplicas: z.int().min(2),
      maxReplicas: z.int(),
      metrics: z.array(
        z.strictObject({
          type: z.literal('Resource'),
          resource: z.strictObject({
            name: z.string(),
            target: z.strictObject({ type: z.literal('Utilization'), averageUtilization: z.int() }),
          }),
        }),
      ),
      behavior: z.strictObject({
        scaleDown: z.strictObject({ stabilizationWindowSeconds: z.int() }),
      }),
    }),
  }),
  'network-policy.yaml': resource('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: z.strictObject({
      podSelector: selector,
      policyTypes: z.tuple([z.literal('Ingress'), z.literal('Egress')]),
      ingress: z.array(z.strictObject({ from: peers.optional(), ports: openPorts })),
      egress: z.array(z.strictObject({ to: peers, ports: openPorts })),
    }),
  }),
};

export const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string(),
  resources: z.array(z.string()),
  labels: z.array(z.strictObject({ pairs: labels, includeSelectors: z.boolean() })),
  configMapGenerator: z.array(z.strictObject({ name: z.string(), literals: z.array(z.string()) })),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })),
});
