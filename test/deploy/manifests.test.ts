import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Environment, parseConfig } from '../../src/config/config.ts';
import { dig } from '../support/dig.ts';
import { deployment, kustomization } from './kubernetes-shapes.ts';
import { COMPOSE_FILES, DEPLOY, filesBelow, KUBERNETES, RESOURCES, readYaml, valuesOf } from './manifests.ts';

// A release, as exact as the registry names it.
const PINNED_IMAGE = /^[a-z0-9./-]+:v?\d+\.\d+\.\d+(-[a-z0-9]+)?$/;
const SECRETS: Readonly<Record<string, string>> = {
  'scenario-key': 'key\n',
  'scenario-secret': 'secret\n',
  'auth-api-keys': JSON.stringify([
    { name: 'web', sha256: '0'.repeat(64), scopes: ['collections:read', 'collections:write'] },
  ]),
  'redis-url': 'rediss://redis.example.com:6380\n',
};

const DEPLOYMENT = join(KUBERNETES, 'deployment.yaml');
const manifest = deployment.parse(readYaml(DEPLOYMENT));
const pod = manifest.spec.template.spec;
const [gateway] = pod.containers;
const overlay = kustomization.parse(readYaml(join(KUBERNETES, 'kustomization.yaml')));

test('every YAML file holds one document without a repeated key', () => {
  const files = [...COMPOSE_FILES, ...filesBelow(DEPLOY, '.yaml')];
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(readYaml(file)).toBeTypeOf('object');
});

test('every image is pinned to a release', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const images = [
    ...filesBelow(DEPLOY, '.yaml').flatMap((file) => valuesOf('image', readYaml(file))),
    ...overlay.images.map(({ newName, newTag }) => `${newName}:${newTag}`),
    ...[...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image),
  ];
  expect(images.length).toBeGreaterThan(6);
  for (const image of images) expect(image).toMatch(PINNED_IMAGE);
});

test('the image runs what npm start runs', () => {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const [, command = ''] = /^CMD (\[.+\])$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  expect(['exec', ...JSON.parse(command)]).toEqual(scripts.start.split(' '));
});

describe('on Kubernetes', () => {
  test('every resource is listed', () => {
    expect([...overlay.resources].sort()).toEqual(RESOURCES.map((path) => basename(path)).sort());
  });

  test('probes ask what the gateway answers, on the port it listens to', () => {
    const config = parseKubernetesConfig();
    const ports = { http: config.port, metrics: config.adminPort };
    expect(Object.fromEntries(gateway.ports.map(({ name, containerPort }) => [name, containerPort]))).toEqual(
      ports,
    );
    expect(gateway.startupProbe.httpGet).toEqual({ path: '/livez', port: 'http' });
    expect(gateway.livenessProbe.httpGet).toEqual({ path: '/livez', port: 'http' });
    expect(gateway.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' });
    const { annotations } = manifest.spec.template.metadata;
    expect(annotations['prometheus.io/port']).toBe(String(config.adminPort));
  });

  test('a replica is taken out of service before it stops listening, and is not killed while it drains', () => {
    const { drainDelayMs } = parseKubernetesConfig();
    const { periodSeconds = 10, failureThreshold = 3 } = gateway.readinessProbe;
    expect(drainDelayMs).toBeGreaterThanOrEqual(periodSeconds * failureThreshold * 1_000 + 2_000);
    expect(pod.terminationGracePeriodSeconds).toBe(30);
    // 15 s for what is under way and 8 s for what nobody takes.
    expect(drainDelayMs + 15_000 + 8_000).toBeLessThan(30_000);
  });

  test('the container may do nothing that it need not', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(gateway.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('secrets are files, in no variable and readable by the group of the process alone', () => {
    expect(gateway.env.every(({ name }) => name.endsWith('_FILE'))).toBe(true);
    const [mount] = gateway.volumeMounts;
    for (const { value } of gateway.env) expect(value).toMatch(new RegExp(`^${mount?.mountPath}/[a-z-]+$`));
    expect(pod.volumes[0]?.secret.defaultMode).toBe(0o440);
    expect(pod.securityContext.fsGroup).toBe(pod.securityContext.runAsGroup);
  });

  test('the gateway accepts the configuration that it is given', () => {
    expect(parseKubernetesConfig()).toMatchObject({
      mode: 'production',
      auth: { mode: 'api-key' },
      upstream: { accounts: [{ name: 'default', key: 'key', secret: 'secret' }] },
      redis: { kind: 'single', isEncrypted: true, host: 'redis.example.com', port: 6_380 },
    });
  });

  test('at least two replicas are there, and one at most is taken away at a time', () => {
    const autoscaler = dig(readYaml(join(KUBERNETES, 'horizontal-pod-autoscaler.yaml')), 'spec');
    expect(dig(autoscaler, 'scaleTargetRef')).toMatchObject({ kind: 'Deployment', name: 'gateway' });
    expect(dig(autoscaler, 'minReplicas')).toBeGreaterThanOrEqual(2);
    const budget = dig(readYaml(join(KUBERNETES, 'pod-disruption-budget.yaml')), 'spec');
    expect(budget).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    const { strategy } = z.object({ strategy: z.unknown() }).parse(dig(readYaml(DEPLOYMENT), 'spec'));
    expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
  });

  test('only Prometheus reaches the metrics, and no address inside is reached but Redis and DNS', () => {
    const policy = dig(readYaml(join(KUBERNETES, 'network-policy.yaml')), 'spec');
    expect(dig(policy, 'policyTypes')).toEqual(['Ingress', 'Egress']);
    const ingress = z.array(z.looseObject({ ports: z.unknown() })).parse(dig(policy, 'ingress'));
    const toMetrics = ingress.filter(({ ports }) => valuesOf('port', ports).includes('metrics'));
    expect(valuesOf('kubernetes.io/metadata.name', toMetrics)).toEqual(['monitoring']);
    expect(valuesOf('port', ingress)).toEqual(['http', 'metrics']);
    const egress = dig(policy, 'egress');
    expect(valuesOf('cidr', egress)).toEqual(['0.0.0.0/0']);
    expect(valuesOf('except', egress).flat()).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']),
    );
    expect(valuesOf('port', egress)).toEqual([53, 53, 443, 6_379]);
  });

  test('labels for all do not change whom the network policy lets through to Redis', () => {
    expect(overlay.labels.every(({ includeSelectors }) => !includeSelectors)).toBe(true);
  });

  test('every selector finds the pods', () => {
    const { labels } = manifest.spec.template.metadata;
    const files = [
      'deployment.yaml',
      'service.yaml',
      'pod-disruption-budget.yaml',
      'network-policy.yaml',
    ] as const;
    const selectors = files.map((file) => {
      const spec = dig(readYaml(join(KUBERNETES, file)), 'spec');
      return (
        dig(spec, 'selector', 'matchLabels') ??
        dig(spec, 'podSelector', 'matchLabels') ??
        dig(spec, 'selector')
      );
    });
    for (const selector of selectors)
      expect(labels).toMatchObject(z.record(z.string(), z.string()).parse(selector));
  });
});

describe('with Compose', () => {
  const services = z
    .record(z.string(), z.looseObject({ environment: z.record(z.string(), z.string()).optional() }))
    .parse(dig(readYaml(join(DEPLOY, 'compose.yaml')), 'services'));

  test('two replicas run with one configuration, which the gateway accepts', () => {
    const { gateway: replica } = services;
    expect(replica).toMatchObject({ scale: 2 });
    const env = Object.entries(replica?.environment ?? {}).map(([name, value]) => [name, withDefault(value)]);
    const config = parseConfig({ NODE_ENV: 'production', ...Object.fromEntries(env) }, readSecret);
    expect(config).toMatchObject({
      redis: { kind: 'single', isEncrypted: false, host: 'redis', port: 6_379 },
      adminPort: 9_464,
    });
  });

  test('the load balancer and Prometheus find every replica by its port', () => {
    const caddyfile = readFileSync(join(DEPLOY, 'caddy/Caddyfile'), 'utf8');
    expect(caddyfile).toContain('dynamic a gateway 4000 {');
    expect(valuesOf('dns_sd_configs', readYaml(join(DEPLOY, 'prometheus/prometheus.yaml')))).toEqual([
      [{ names: ['gateway'], type: 'A', port: 9_464 }],
    ]);
  });

  test('no port is open to the network', () => {
    const ports = z.array(z.array(z.string())).parse(valuesOf('ports', services)).flat();
    expect(ports.length).toBeGreaterThan(2);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

test('every variable that is set for the gateway is one that it reads', () => {
  const known = new Set(readFileSync('docs/configuration.md', 'utf8').match(/(?<=^\| `)[A-Z0-9_]+(?=`)/gm));
  const literals = overlay.configMapGenerator.flatMap((map) =>
    map.literals.map((line) => line.split('=')[0]),
  );
  const composed = COMPOSE_FILES.flatMap((file) => {
    const all = Object.entries(z.record(z.string(), z.unknown()).parse(dig(readYaml(file), 'services')));
    const gateways = all.filter(([name]) => name.startsWith('gateway'));
    return gateways.flatMap(([, service]) => Object.keys(dig(service, 'environment') ?? {}));
  });
  const names = [...literals, ...composed, ...gateway.env.map(({ name }) => name.replace(/_FILE$/, ''))];
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !known.has(name ?? ''))).toEqual([]);
});

function parseKubernetesConfig() {
  const literals = overlay.configMapGenerator.flatMap((map) => map.literals.map((line) => line.split('=')));
  const files = gateway.env.map(({ name, value }) => [name, value]);
  const env: Environment = Object.fromEntries([...literals, ...files]);
  return parseConfig({ NODE_ENV: 'production', ...env }, readSecret);
}

function readSecret(path: string): string {
  const secret = SECRETS[path.split('/').at(-1) ?? ''];
  if (secret === undefined) throw new Error(`ENOENT: ${path}`);
  return secret;
}

/** What Compose makes of `${NAME:-default}` when the variable is not set. */
function withDefault(value: string): string {
  return value.replace(/^\$\{[A-Z_]+:-(.*)\}$/, '$1');
}
